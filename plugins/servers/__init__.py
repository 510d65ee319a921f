"""Configurations of web servers (服务器的配置), made from the settings: `invoke server-sample`.

served.py     what a server must know of a site
nginx.py, caddy.py   a kind of server each
sample.py     settings in, configuration out
"""
