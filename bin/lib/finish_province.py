"""Make a database a Vietnamese one. Runs inside Odoo: see with_env.py."""

LANGUAGE = "vi_VN"
TIMEZONE = "Asia/Ho_Chi_Minh"


def main(env, moment):
    """Before the demonstration is loaded: its language; after it: pages made ready."""
    {"before": speak_vietnamese, "after": prepare_pages}[moment](env)


def speak_vietnamese(env):
    everybody = {"lang": LANGUAGE, "tz": TIMEZONE}
    env["res.partner"].with_context(active_test=False).search([]).write(everybody)
    for field, value in everybody.items():
        env["ir.default"].set("res.partner", field, value)
    vietnam = env.ref("base.vn")
    vietnam.currency_id.active = True
    env.company.write({"country_id": vietnam.id, "currency_id": vietnam.currency_id.id})


def prepare_pages(env):
    """Build the scripts and styles now: the first visitor would wait for it."""
    env["ir.qweb"]._pregenerate_assets_bundles()
