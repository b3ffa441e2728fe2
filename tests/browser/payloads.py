"""What might a stranger write to run a program here, to load something, or to make our scripts ask for it?"""

ELSEWHERE = "https://elsewhere.invalid"
MARK = "window.marked=1"

PROGRAMS = (
    f"<script>{MARK}</script>",
    f"<SCRIPT>{MARK}//</SCRIPT>",
    f"</p></div></section><script>{MARK}</script>",
    f'"><script>{MARK}</script>',
    f"'><script>{MARK}</script>",
    f"</textarea><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"--><script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f'"><img src=x onerror="{MARK}">',
    f"<img src=x:x onerror={MARK} //",
    f"<svg onload={MARK}>",
    f"<svg><script>{MARK}</script></svg>",
    f"<svg><animate onbegin={MARK} attributeName=x dur=1s></svg>",
    f"<body onload={MARK}>",
    f"<details open ontoggle={MARK}>x</details>",
    f"<input autofocus onfocus={MARK}>",
    f'" autofocus onfocus="{MARK}',
    f"' onmouseover='{MARK}' x='",
    f"<video><source onerror={MARK}></video>",
    f"<audio src=x onerror={MARK}></audio>",
    f"<marquee onstart={MARK}>x</marquee>",
    "<iframe srcdoc='<script>parent.marked=1</script>'></iframe>",
    "<iframe src=javascript:parent.marked=1></iframe>",
    f"<object data=javascript:{MARK}></object>",
    f"<embed src=javascript:{MARK}>",
    f"<math><mtext><style><img src=x onerror={MARK}></style></mtext></math>",
    f"<template shadowrootmode=open><img src=x onerror={MARK}></template>",
    f"<style>@keyframes x{{}}</style><b style='animation:x' onanimationstart={MARK}>x</b>",
    f"<form><button formaction=javascript:{MARK} autofocus>x</button></form>",
    f"<a href=javascript:{MARK}>x</a>",
    f"javascript:{MARK}",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{0.__class__} %(name)s %s ${7*7}",
    "\u202e\u2066<script>\u2069\u202c \u200b\ufeff\u0000\ud83d",
    f"<script\x0c>{MARK}</script\x0c>",
)
"""Each tries to set a mark in the window, or to be taken for a template."""

LOADS = (
    f"<img src={ELSEWHERE}/a.png>",
    f"<link rel=stylesheet href={ELSEWHERE}/a.css>",
    f"<script src={ELSEWHERE}/a.js></script>",
    f"<iframe src={ELSEWHERE}/></iframe>",
    f"<style>@import '{ELSEWHERE}/b.css'; p {{ background: url({ELSEWHERE}/b.png) }}</style>",
    f"<b style='background:url({ELSEWHERE}/c.png)'>x</b>",
    f"<video src={ELSEWHERE}/a.mp4 poster={ELSEWHERE}/d.png autoplay></video>",
    f"<base href={ELSEWHERE}/><img src=e.png>",
    f"<svg><image href={ELSEWHERE}/f.png /><use href={ELSEWHERE}/g.svg#x /></svg>",
    f"<object data={ELSEWHERE}/h></object><embed src={ELSEWHERE}/i>",
)
"""Each tries to load something from another site."""

REDIRECT = f"<meta http-equiv=refresh content='0;url={ELSEWHERE}/'>"
"""No content policy stops this one: only escaping does."""

REQUESTS = (
    "<b hx-post=/stolen hx-trigger=load>x</b>",
    "<form hx-post=/stolen hx-trigger='load delay:1ms'><input name=a value=b></form>",
    "<b hx-get=/stolen hx-trigger='every 50ms' hx-nonce=guessed>x</b>",
    "<div hx-action=/stolen hx-method=post hx-trigger=load hx-swap=none data-hx-post=/stolen>x</div>",
)
"""Each tries to make htmx ask for something in the reader's name."""
