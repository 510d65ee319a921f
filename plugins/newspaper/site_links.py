"""`{site}`: where the site's own address goes in the HTML of a text, which is made before that address is known."""

SITE = "{site}"


def with_site(html: str, address: str) -> str:
    """HTML of a text with the site's address in its links and pictures; a text that merely says {site} keeps it."""
    return html.replace(f'="{SITE}/', f'="{address}/')
