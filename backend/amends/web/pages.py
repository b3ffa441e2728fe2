"""Routes of all pages."""

from litestar import Router

from amends.web.capture import evidence, imports, new_cases, pair, reader_health, sample, splits
from amends.web.case import files, notes, timeline
from amends.web.desk import board, case_links, case_themes, cases, events, themes, today, views
from amends.web.follow_up import agenda, follow_ups, remedies
from amends.web.insight import announcements, owners, problems, report_readers, reports, waves
from amends.web.nudge import figures, nudges
from amends.web.operation import (
    appearance,
    calendar_feeds,
    commands,
    delivery,
    help_pages,
    manifest,
    members,
    notification_settings,
    offline,
    policy,
    push,
    settings,
    setup,
    shortcuts,
    targets,
    team,
    worker,
)
from amends.web.person import contributors, customers, people, private_links
from amends.web.reply import answers, reply_templates
from amends.web.team import browsers, calendar, confirm, password, reply_rules, rotas, sessions, sign_in
from amends.web.workflow import (
    approvals,
    batches,
    case_commands,
    case_page,
    leaving,
    message_actions,
    move_choice,
    moves,
    questions,
    removals,
    triage,
)

PAGES = (
    today,
    triage,
    cases,
    case_page,
    commands,
    agenda,
    new_cases,
    imports,
    batches,
    board,
    splits,
    case_links,
    case_themes,
    views,
    people,
    reply_rules,
    reply_templates,
    move_choice,
    moves,
    answers,
    approvals,
    timeline,
    files,
    notes,
    case_commands,
    removals,
    follow_ups,
    remedies,
    questions,
    events,
    evidence,
    shortcuts,
    appearance,
    help_pages,
    manifest,
    offline,
    sample,
    sign_in,
    confirm,
    setup,
    pair,
    password,
    settings,
    team,
    delivery,
    targets,
    push,
    themes,
    members,
    leaving,
    browsers,
    sessions,
    nudges,
    notification_settings,
    worker,
    figures,
    reports,
    problems,
    waves,
    announcements,
    owners,
    report_readers,
    rotas,
    calendar_feeds,
    reader_health,
    policy,
    calendar,
    message_actions,
    customers,
    contributors,
    private_links,
)

router = Router(
    "/", route_handlers=[route for page in PAGES for route in page.routes], include_in_schema=False
)
