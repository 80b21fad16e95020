"""bin/serve: a demonstration province on this machine, from nothing."""

import argparse

import paths
import postgres
import province
import runner
from steps import command_line, lock, say

DATABASE = "province"


def main():
    options = parse()
    service = province.Service(
        paths.STATE / "serve.pid", paths.STATE / "logs" / "serve.log"
    )
    if options.stop:
        stop(service)
        return
    if options.reset or outdated(service):
        service.stop()
    if service.running:
        _pid, port = service.running
        say("The province is already being served.")
    else:
        port = options.port
        province.check_port(port)
        prepare_and_start(service, port, options.reset)
    introduce(port, service)


def parse():
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Serve a demonstration province on this machine. The first run "
        "downloads and builds what is missing; later ones take seconds.",
        epilog="ODOO_HOME=FOLDER uses an Odoo 19 you have; PGHOST (and PGUSER, "
        "PGPASSWORD, PGPORT) uses a PostgreSQL you have.",
    )
    parser.add_argument(
        "--port", type=int, default=8069, help="where to serve (default: 8069)"
    )
    parser.add_argument("--stop", action="store_true", help="stop serving")
    parser.add_argument(
        "--reset", action="store_true", help="throw the province away and begin anew"
    )
    return parser.parse_args()


def outdated(service):
    """Whether an older version of the addons is being served."""
    server = postgres.Server("serve")
    name = server.name(DATABASE)
    return service.running and server.note(name) != province.content()


def prepare_and_start(service, port, reset):
    odoo = runner.prepare("serve")
    name = odoo.server.name(DATABASE)
    with lock(paths.STATE / "province.lock"):
        if reset:
            odoo.server.drop(name)
        if name not in odoo.server.databases():
            province.make(odoo, name)
        elif odoo.server.note(name) != province.content():
            province.update(odoo, name)
        service.start(odoo, name, port)


def stop(service):
    stopped = service.stop()
    postgres.Server("serve").stop()
    say("Stopped." if stopped else "Nothing was being served.")


def introduce(port, service):
    """Say where the province is and who can enter it."""
    logins, password = province.logins()
    width = max(len(role) for role, _login in logins)
    say(f"\nThe province is at  http://127.0.0.1:{port}\n")
    for role, login in logins:
        say(f"  {role:<{width}}  {login}")
    say(f"\nPassword of all: {password}")
    say(f"Log: {service.log}\nStop it with: bin/serve --stop")


if __name__ == "__main__":
    command_line(main)
