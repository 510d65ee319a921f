"""Search engines are told which addresses are new or changed (通知搜索引擎): IndexNow, Baidu. No Pelican, no Jinja.

services.py           a service: its key's name, and how it is asked
announce.py           the one function: tells each service that is asked for, says what came of it, never fails

Off unless publishconf.py names a service (ANNOUNCE_TO), and only where the site is public. Keys come from the
environment, and are in no message.
"""
