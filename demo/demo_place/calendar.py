"""The working days of the years that the simulation touches."""


def prepare(env, user, years, confirmed_until):
    """Let `user` have every year proposed that the addon's own data does not hold.

    What the addon brings stays as it is: what is not enacted yet remains a proposal.

    :param confirmed_until: proposals up to this year are confirmed; the later ones
        wait for the administrator.
    """
    days = env["task.calendar.day"].with_user(user)
    for year in years:
        known = days.search(
            [("date", ">=", f"{year}-01-01"), ("date", "<=", f"{year}-12-31")]
        )
        if known:
            continue
        wizard = env["task.calendar.propose"].with_user(user)
        wizard.create({"year": year}).action_propose()
        if year <= confirmed_until:
            days.search(
                [("date", ">=", f"{year}-01-01"), ("date", "<=", f"{year}-12-31")]
            ).action_confirm()
