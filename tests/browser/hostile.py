"""Pages that do to a browser what pages may do: each is a shell whose script misbehaves."""

from tests.hostile.server import Page

_SHELL = (
    '<html><head><meta name="generator" content="WordPress 7.1"></head><body><div id="root"></div>'
    "<script>{script}</script></body></html>"
)
_STORY = (
    "document.body.className = 'single single-post postid-{id}';"
    'document.getElementById(\'root\').innerHTML = \'<article class="hentry"><h1 class="entry-title">{title}</h1>'
    '<div class="entry-content"><p>The ferry left the pier at six, an hour before the fog came down: {title}.</p></div>'
    "</article>';"
)

SCRIPTS = {
    "loop": "while (true) {}",
    "memory": "const kept = []; setInterval(() => kept.push(new Uint8Array(5e7).fill(1)), 10);",
    "asking": "let n = 0; setInterval(() => fetch('/asked/' + n++), 20);",
    "ticking": "let n = 0; setInterval(() => { document.title = n++; document.body.append(n); }, 20);",
}
"""By name: pages of which nothing is to be had."""

TALES = {
    "dialogs": "alert(1); confirm(2); prompt(3); onbeforeunload = e => e.preventDefault();",
    "windows": "for (let n = 0; n < 5; n++) open('CANARY/window' + n);",
    "leaving": "setTimeout(() => { location.href = 'CANARY/left'; }, 50);",
    "download": "const a = document.createElement('a'); a.href = 'CANARY/file'; a.download = 'x'; a.click();",
    "private": "for (const host of ['127.0.0.1:1', 'localhost:22', '10.0.0.1', '169.254.169.254', '[::1]', '0.0.0.0'])"
    " fetch('http://' + host + '/').catch(() => 0); fetch('CANARY/fetched').catch(() => 0);",
    "redirected": "fetch('/to-canary').catch(() => 0);",
    "elsewhere": "new WebSocket('CANARY/socket'.replace('http', 'ws')); new Image().src = 'CANARY/image';"
    "navigator.sendBeacon('CANARY/beacon', 'x'); new EventSource('CANARY/events');"
    "const f = document.createElement('iframe'); f.src = 'CANARY/frame'; document.body.append(f);"
    "const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:CANARYPORT'}]}); p.createDataChannel('x');"
    "p.createOffer().then(o => p.setLocalDescription(o));"
    "const l = document.createElement('link'); l.rel = 'prefetch'; l.href = 'CANARY/prefetch'; document.head.append(l);"
    "try { new Worker('CANARY/worker'); } catch (e) {} fetch('/deleted', {method: 'DELETE'}).catch(() => 0);",
}
"""By name: pages that tell their story all the same. ``CANARY`` is a server that must not be asked anything."""


def pages(canary: str) -> dict[str, Page]:
    """By path: a home page that lists them all as posts, readable as it is, and these."""
    canary, names = canary.rstrip("/"), sorted([*SCRIPTS, *TALES])
    items = "".join(
        f'<article class="hentry post-{number} post type-post"><h2 class="entry-title"><a href="/{name}/">{name}</a>'
        "</h2></article>"
        for number, name in enumerate(names, 1)
    )
    head = '<html><head><meta name="generator" content="WordPress 7.1"></head>'
    home = f'{head}<body class="home blog">{items}</body></html>'
    found = {"/": Page(home.encode()), "/to-canary": Page(status=302, headers={"Location": f"{canary}/redirected"})}
    for number, name in enumerate(names, 1):
        tale = _STORY.replace("{id}", str(number)).replace("{title}", name) if name in TALES else ""
        script = tale + SCRIPTS.get(name, TALES.get(name, ""))
        script = script.replace("CANARYPORT", canary.rpartition(":")[2]).replace("CANARY", canary)
        found[f"/{name}/"] = Page(_SHELL.replace("{script}", script).encode())
    return found
