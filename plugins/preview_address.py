"""Where the preview can be seen: its port, its addresses, and a code (二维码) for a phone in the same network."""

import contextlib
import errno
import io
import socket
import sys

from tornado.netutil import bind_sockets

from plugins.newspaper.problems import Halt

EVERYWHERE = "0.0.0.0"


class NoSuchPlace(Halt):
    """The preview cannot be served where it was asked for."""


def port_number(written: str) -> int:
    """A port as somebody wrote it. Raises NoSuchPlace."""
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 1 << 16):
        raise NoSuchPlace(f"端口要写 1 到 65535 的数字，如 --port 8001；这里写的是“{written}”")
    return int(written)


def bound(port: int, host: str) -> list[socket.socket]:
    """Take the port. Raises NoSuchPlace."""
    try:
        return bind_sockets(port, host, family=socket.AF_INET)
    except socket.gaierror:
        raise NoSuchPlace(f"“{host}”不是本机的地址；要让手机看，只写 --host") from None
    except OSError as error:
        raise NoSuchPlace(_why_not(error, port, host)) from None


def _why_not(error: OSError, port: int, host: str) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"端口 {port} 有程序在用，也许另一个预览还开着；关掉它，或换一个：invoke serve --port {port % 65535 + 1}"
        case errno.EACCES | errno.EPERM:
            return f"系统不让用端口 {port}；换一个 1024 以上的：invoke serve --port 8000"
        case errno.EADDRNOTAVAIL:
            return f"“{host}”不是本机的地址；要让手机看，只写 --host"
        case _:
            return f"端口 {port} 打不开：{error.strerror}"


def print_addresses(host: str, port: int) -> None:
    """Say where to look, and draw the code of the address that a phone can reach."""
    in_network = network_addresses() if host == EVERYWHERE else [] if host in ("127.0.0.1", "localhost") else [host]
    here = "127.0.0.1" if host == EVERYWHERE else host
    print(f"预览：http://{here}:{port}/ ，按 Ctrl+C 结束", flush=True)
    if in_network:
        first, *others = (f"http://{address}:{port}/" for address in in_network)
        print(f"手机（和本机连同一个网络）扫码，或打开 {first}")
        for other in others:
            print(f"打不开时再试 {other}")
        _draw_code(first)
        print("Windows 若问是否允许访问网络，请选“允许”。" if sys.platform == "win32" else "", flush=True)
    elif host == EVERYWHERE:
        print("本机没有连上网络，手机还看不到；连上以后重新运行 invoke serve --host", flush=True)


def network_addresses() -> list[str]:
    """This machine's own addresses in its networks; first that through which it reaches the others."""
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address for examples (RFC 5737); to connect UDP sends nothing
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found += [str(address[4][0]) for address in named]
    return [address for address in dict.fromkeys(found) if not address.startswith(("127.", "169.254.", "0."))]


def _draw_code(address: str) -> None:
    import segno

    code = segno.make(address, error="l", micro=False)
    if sys.platform == "win32":
        code.terminal(border=2)  # in the console's own colours: its fonts may draw half blocks twice as wide
        return
    lines = io.StringIO()
    code.terminal(lines, border=2, compact=True)
    for line in lines.getvalue().splitlines():
        print(f"\033[97;40m{line}\033[0m")  # white blocks on black, whatever colours the terminal has
