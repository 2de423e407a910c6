"""The stacks of deploy/aws, each resource called as in its template, for templates_*.py."""

import stacks

ROOT = stacks.ROOT
DEPLOY = stacks.DEPLOY
ROLES = ("ops", "crew", "worker", "notifier", "photos")
HOSTS = {"OpsHost": "ops.example", "CrewHost": "crew.example", "GuestHost": "guest.example"}


def logical(stack, name, attribute):
    """A resource by its name in the template: Operations, Operations.StreamArn."""
    return name if attribute in ("", "Arn") else f"{name}.{attribute}"


def core_stack(**parameters):
    return stacks.Stack("STACK", stacks.read_template(DEPLOY / "core.yaml"), logical, parameters)


def site_stack(**parameters):
    return stacks.Stack("SITE", stacks.read_template(DEPLOY / "site.yaml"), logical,
                        {"Core": "STACK", "Tenant": "jada", **HOSTS, **parameters},
                        stacks.exports_of(core_stack()))
