"""bin/serve: a demonstration province on this machine, from nothing."""

import argparse

import environment
import paths
import postgres
import province
import runner
import templates
from steps import command_line, lock, say

#: Each place has a database of its own: to serve another one loses nothing.
DATABASE = "province_{}"
#: What earlier versions called the only one there was.
FORMER_DATABASE = "province"
PORT = 8069


def main():
    service = province.Service(
        paths.STATE / "serve.pid", paths.STATE / "logs" / "serve.log"
    )
    options = parse()
    if options.stop:
        stop(service)
        return
    place = options.regulation or province.places()[0]
    province.place(place)  # refuses a name that nothing has
    port = options.port or service.port or PORT
    if options.reset or outdated(service, place):
        service.stop()
    if service.running:
        port = service.port
        say("It is already being served.")
    else:
        province.check_port(port)
        prepare_and_start(service, place, port, options.reset)
    introduce(place, port, service)


def parse():
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Serve a demonstration province on this machine. The first run "
        "downloads and builds what is missing; later ones take seconds.",
        epilog="ODOO_HOME=FOLDER uses an Odoo 19 you have; PGHOST (and PGUSER, "
        "PGPASSWORD, PGPORT) uses a PostgreSQL you have.",
    )
    parser.add_argument(
        "--regulation",
        metavar="NAME",
        help=f"whose text and agencies: {', '.join(province.places())} (default: "
        f"{province.places()[0]}); each keeps its data while another one is served",
    )
    parser.add_argument("--port", type=int, help=f"where to serve (default: {PORT})")
    parser.add_argument("--stop", action="store_true", help="stop serving")
    parser.add_argument(
        "--reset", action="store_true", help="throw this province away and begin anew"
    )
    return parser.parse_args()


def database(server, place):
    return server.name(DATABASE.format(place.replace("-", "_")))


def outdated(service, place):
    """Whether another place, or an older version of this one, is being served."""
    if not service.running:
        return False
    server = postgres.Server("serve")
    name = database(server, place)
    return service.database != name or server.note(name) != province.content(place)


def prepare_and_start(service, place, port, reset):
    odoo = runner.prepare("serve")
    name = database(odoo.server, place)
    with lock(paths.STATE / "province.lock"):
        adopt_former(odoo.server)
        if reset:
            odoo.server.drop(name)
        if name not in odoo.server.databases():
            maker = runner.prepare("serve", python_of=environment.demonstration)
            templates.make_place(maker, name, place)
        elif odoo.server.note(name) != province.content(place):
            province.update(odoo, name, place)
        service.start(odoo, name, port)


def adopt_former(server):
    """The only province of earlier versions is the default one of this version."""
    former, name = server.name(FORMER_DATABASE), database(server, province.places()[0])
    existing = server.databases()
    if former in existing and name not in existing:
        server.rename(former, name)


def stop(service):
    stopped = service.stop()
    postgres.Server("serve").stop()
    say("Stopped." if stopped else "Nothing was being served.")


def introduce(name, port, service):
    """Say where the place is and who can enter it."""
    place = province.place(name)
    logins, password = province.logins(name)
    width = max(len(role) for role, _login in logins)
    title = place.company if place else "The province"
    say(f"\n{title} ({name}) is at  http://127.0.0.1:{port}\n")
    for role, login in logins:
        say(f"  {role:<{width}}  {login}")
    say(f"\nPassword of all: {password}")
    say(f"Log: {service.log}\nStop it with: bin/serve --stop")
    others = [other for other in province.places() if other != name]
    if others:
        say(f"Others: bin/serve --regulation {' | '.join(others)}")


if __name__ == "__main__":
    command_line(main)
