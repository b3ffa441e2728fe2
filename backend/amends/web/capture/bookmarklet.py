"""Bookmarklet that carries a page to a new case; constant text of ours."""

import json

SELECTED = 1_500
"""Letters of a selection: an address of more than 8,000 is refused by common proxies."""


def bookmark(base_url: str) -> str:
    """A bookmark's address that opens the form with the page's address, its title and the selected words.

    It runs on a stranger's page and hands only these three to a new tab of ours, which may not look back.
    """
    parts = f"url:location.href,title:document.title,text:String(getSelection()).slice(0,{SELECTED})"
    form = f"{json.dumps(f'{base_url}/cases/new?')}+new%20URLSearchParams({{{parts}}})"
    return f'javascript:void(open({form},"_blank","noopener"))'
