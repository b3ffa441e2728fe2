"""Labels of drills: what the stopwatch takes, and what to do better."""

from amends.i18n import N_
from amends.rules.insight.drills import Measure

MEASURES = {
    Measure.WARNED: N_("Warned"),
    Measure.ACKNOWLEDGED: N_("Warning acknowledged"),
    Measure.HELD: N_("Replies on hold"),
    Measure.ROLES: N_("Incident lead and spokesperson named"),
    Measure.UPDATED: N_("First update given"),
    Measure.STATEMENT: N_("Holding statement written"),
}
BETTER = {
    Measure.WARNED: N_("The drill was stopped before the warning. Let the next one go on until it comes."),
    Measure.ACKNOWLEDGED: N_("Agree who answers a warning first, and who does when they cannot."),
    Measure.HELD: N_("Put the replies on hold first: a reply that is out cannot be held."),
    Measure.ROLES: N_("Write into the playbook who leads and who speaks, with a deputy each."),
    Measure.UPDATED: N_("Give a short update early, even if it only says when the next one comes."),
    Measure.STATEMENT: N_("Prepare a holding statement for each kind of incident, and only fill it in."),
}
"""What helps where a measure was late or never met."""
BETTER_STEPS = N_("Read the plan aloud at the beginning, and give each step to someone.")
BETTER_DANGERS = N_("Let one person do nothing but read: people in danger write between the angry ones.")
