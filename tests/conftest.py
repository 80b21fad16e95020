"""Fixtures of the journeys: a served demonstration, and a browser to walk through it.

    def test_office_assigns(enter):
        page = enter("Office specialist")
        page.get_by_role("button", name="...").click()

A journey fails on its own assertions, and also on an uncaught JavaScript error, on an
error dialog of Odoo's, and on an error in the server's log. One that provokes a dialog
on purpose checks its text and then calls `troubles.clear()`.
"""

import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.register_assert_rewrite("journey_steps", "screen", "killed")

TESTS = Path(__file__).parent
SCREENSHOTS = TESTS / "screenshots"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Odoo shows every error, of the server's or of a rule, in a dialog of this class.
REPORT_DIALOGS = """
new MutationObserver((changes) => {
    for (const change of changes) {
        for (const node of change.addedNodes) {
            if (node.nodeType !== Node.ELEMENT_NODE) continue;
            const dialog = node.matches(".o_error_dialog")
                ? node : node.querySelector(".o_error_dialog");
            if (dialog) window.reportTrouble("dialog: " + dialog.innerText);
        }
    }
}).observe(document, {childList: true, subtree: true});
"""
# A page rests when its client has started, no request is open and nothing is left to
# draw, for some frames: what an answer brings is drawn in the frame that follows.
COME_TO_REST = """
(() => {
    const FRAMES = 3, MOST_MS = 30000;
    const open = new Map();
    const {open: begin, send} = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
        this.addEventListener("loadend", () => open.delete(this));
        this.asksFor = String(url);
        return begin.call(this, method, url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...body) {
        open.set(this, this.asksFor);
        return send.apply(this, body);
    };
    const fetched = window.fetch;
    window.fetch = function (...words) {
        const key = {};
        open.set(key, String(words[0]?.url || words[0]));
        return fetched.apply(this, words).finally(() => open.delete(key));
    };
    const moves = () => {
        if (open.size) return [...open.values()].join(", ");
        if (!document.body?.classList.contains("o_web_client")) return "";
        const root = window.odoo?.__WOWL_DEBUG__?.root;
        if (!root) return "the client starts";
        if (root.__owl__.app.scheduler.tasks.size) return "something is drawn";
        return document.querySelector(".o_action_manager > *") ? "" : "nothing shown";
    };
    window.comeToRest = () => new Promise((resolve, reject) => {
        const begun = performance.now();
        let quiet = 0;
        const count = () => {
            const still = moves();
            quiet = still ? 0 : quiet + 1;
            if (quiet > FRAMES) return resolve();
            if (performance.now() - begun > MOST_MS) {
                return reject(new Error("The page does not come to rest: " + still));
            }
            requestAnimationFrame(count);
        };
        count();
    });
})();
"""


@pytest.fixture(scope="session")
def platform():
    """The modules of bin/lib that the journeys need, and their databases."""
    sys.path.append(str(TESTS.parent / "bin" / "lib"))
    import checks
    import odoo_log
    import province
    import runner

    run = checks.TestRun(runner.prepare("test", development=True))
    yield SimpleNamespace(run=run, province=province, odoo_log=odoo_log)
    run.clean_up()


@pytest.fixture(scope="session")
def province(platform, request):
    """A demonstration, served: .place, .url, .db, .login(role), .password, .log

    The default one; a test asks for another by an indirect parameter, its name.
    """
    place = getattr(request, "param", None) or platform.province.places()[0]
    run, logins = platform.run, platform.province.logins(place)
    label = place.replace("-", "_")
    database = run.database(f"journey_{label}", template="province", place=place)
    # Named after this process: two runs at once must not stop each other's server.
    name = f"served-{label}-{os.getpid()}"
    service = platform.province.Service(run.logs / f"{name}.pid", run.log(name))
    port = platform.province.free_port()
    service.start(run.odoo, database, port, "--max-cron-threads=0")
    roles = {}
    for role, login in logins[0]:
        roles.setdefault(role, login)
    yield SimpleNamespace(
        place=platform.province.place(place),
        url=f"http://127.0.0.1:{port}",
        db=database,
        # A role of the list that bin/serve prints, or a login itself.
        login=lambda role: roles.get(role, role),
        password=logins[1],
        log=service.log,
    )
    service.stop()
    logged = platform.odoo_log.complaints(service.log.read_text())
    errors = [record.text for record in logged if record.level != "WARNING"]
    assert not errors, "The server logged errors:\n" + "\n".join(errors)


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture
def troubles():
    """What went wrong on the pages of this test without any assertion of it."""
    found = []
    yield found
    assert not found, "On the pages: " + "; ".join(found)


@pytest.fixture
def new_page(browser, troubles, request):
    """Call it for a page of a browser that nobody has used yet."""
    contexts = []

    def open_page(**options):
        context = browser.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **{"viewport": {"width": 1366, "height": 768}, **options},
        )
        contexts.append(context)
        context.expose_binding("reportTrouble", lambda _, text: troubles.append(text))
        context.add_init_script(REPORT_DIALOGS)
        context.add_init_script(COME_TO_REST)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"JavaScript: {error}"))
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if troubles or request.node.stash.get(FAILED, False):
            for page in context.pages:
                screenshot(page, f"failed-{request.node.name}-{number}")
        context.close()


@pytest.fixture
def page(new_page):
    """A page for a visitor who has not logged in."""
    return new_page()


@pytest.fixture
def enter(new_page, province):
    """`enter(role)` is a page on which the person of that role has logged in."""

    def log_in(role, **options):
        page = new_page(**options)
        page.goto(f"{province.url}/web/login")
        page.fill("input[name=login]", province.login(role))
        page.fill("input[name=password]", province.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_selector(".o_web_client .o_main_navbar")
        # what the client still asks for would be broken off by where one goes next
        page.evaluate("window.comeToRest()")
        return page

    return log_in


@pytest.fixture
def shoot(request):
    """`shoot(page, name)` keeps a picture of a page in tests/screenshots."""
    return screenshot


def screenshot(page, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / (re.sub(r"[^\w.-]+", "-", name) + ".png")
    page.screenshot(path=path)
    return path


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
