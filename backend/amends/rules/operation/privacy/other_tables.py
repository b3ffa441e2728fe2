"""Inventory of the tables that no link leads to from a person: words of members, our people, figures."""

from functools import partial

from amends.i18n import N_
from amends.rules.operation.privacy.inventory import About, Purpose, others

typed = partial(others, About.ANYBODY, Purpose.CASES)
"""What members typed, or strangers wrote: it may name anybody."""
ours = partial(others, About.MEMBERS, Purpose.TEAM)
figure = partial(others, About.NOBODY, Purpose.FIGURES)
running = partial(others, About.NOBODY, Purpose.RUNNING)

# fmt: off
OTHER_TABLES = (
    typed("removed_case", N_("Removed cases"), "reason", "id number member removed_at files"),
    typed("theme", N_("Themes"), "name", "id key parent made_at retired_at"),
    typed("reply_template", N_("Prepared replies"), "title text",
          "id language stance occasion tone source starter created_at changed_at changed_by archived_at"),
    typed("problem", N_("Problems"), "title cause action line_en line_fr change_en change_fr",
          "id number version state scope owner due_at follow_up cost currency approved_by approved_at "
          "opened_at fixed_at"),
    typed("problem_event", N_("Histories of problems"), "told", "id problem position kind at member"),
    typed("incident", N_("Incidents"), "title line_en line_fr public_en public_fr",
          "id number version kind state scope on_hold since noticed_at opened_at closed_at line_version "
          "published_version published_at"),
    typed("incident_fact", N_("Facts of incidents"), "words source", "id incident state at by"),
    typed("incident_task", N_("Tasks of incidents"), "words before_text after_text",
          "id incident position kind step target about owner due_at state settled_at follow_up"),
    typed("incident_event", N_("Timelines of incidents"), "told",
          "id incident position kind at member pinned"),
    typed("incident_review", N_("Reviews of incidents"), "worked failed decisions",
          "id incident version state opened_at changed_at"),
    typed("wave", N_("Waves"), "facts",
          "id scope began_at seen_at ended_at hours people usual line weeks told_people doublings verdict "
          "judged judged_by judged_at"),
    typed("campaign", N_("Campaigns"), "name places url kept",
          "id number version first last opened_by opened_at"),
    typed("campaign_check", N_("Checks of campaigns"), "words note",
          "id campaign position done settled_by settled_at"),
    typed("campaign_decision", N_("Decisions on campaigns"), "reason",
          "id campaign position verdict member at"),
    typed("playbook", N_("Playbooks"), "name", "id subject about version changed_by changed_at retired_at"),
    typed("playbook_step", N_("Steps of playbooks"), "words",
          "id playbook position kind variable department within_hours"),
    typed("department", N_("Departments"), "name reach hours", "id key"),
    typed("watched_place", N_("Places to watch"), "name address",
          "id version every members turn due_on reminded_on made_by made_at"),
    typed("view", N_("Saved views"), "name filters", "id member shared made_at"),
    typed("batch", N_("Changes of many cases, for a day"), "lines", "id member deed undone made_at"),
    typed("upload", N_("Tables that were sent for import, for a day"), "name header",
          "id member content mapping state look_by kept_at started_at ended_at lease_ends"),
    typed("feed", N_("Feeds"), "name address",
          "id etag modified next_at fetched_at failures failure status made_by made_at"),
    typed("feed_item", N_("Posts of feeds"), "address title words author",
          "id feed key page state posted_at found_at settled_by settled_at"),
    typed("near_text", N_("Texts that read alike"), "words", "id digest text_group"),
    typed("report_letter", N_("Reports that were sent by mail"), "content",
          "id reader nudge first last created_at"),
    ours("team", N_("The team"), "",
         "id only name language zone country subdivision new_cases second_factor stay_signed_in week "
         "created_at"),
    ours("member", N_("Members"), "",
         "id email name role language reads zone password_hash quiet_from quiet_until quiet_week_ends "
         "hears_urgent new_cases daily_budget digest_at digest_weekly digested_on disabled_at created_at"),
    ours("session", N_("Signed-in browsers"), "",
         "id token_hash member created_at seen_at proved_at kept address program"),
    ours("second_factor", N_("Second factors"), "", "member sealed made_at confirmed_at last_step"),
    ours("recovery_code", N_("Recovery codes"), "", "id member begins code_hash used_at"),
    ours("used_form", N_("Forms that were sent"), "", "key_hash member location used_at"),
    ours("browser", N_("Paired browsers"), "",
         "id member name prefix token_hash scopes created_at seen_at expires_at revoked_at"),
    ours("one_time_code", N_("One-time codes"), "",
         "id purpose code_hash member created_at expires_at used_at"),
    ours("failed_sign_in", N_("Failed sign-ins"), "", "key_hash failures failed_at refused_until"),
    ours("known_network", N_("Networks of members"), "", "network_hash member seen_at"),
    ours("target", N_("Reminder targets"), "",
         "id member name sealed masked position failures told_at succeeded_at paused_until gone_at "
         "session created_at"),
    ours("notice", N_("Notices to members"), "", "id member about nudge given_at"),
    ours("absence", N_("Absences"), "", "id member deputy begins_at ends_at created_at"),
    ours("duty", N_("Duties"), "", "id member begins_at ends_at instead"),
    ours("weekly_duty", N_("Weekly duties"), "", "id member days begins ends every first created_at"),
    ours("rotation", N_("Rotation"), "", "id only members weekday minute first changed_at"),
    ours("calendar_feed", N_("Calendar links"), "",
         "id member token_hash with_titles with_unowned created_at read_at"),
    ours("incident_member", N_("Roles in incidents"), "", "id incident role member"),
    ours("place_visit", N_("Visits to places"), "",
         "id place member at found by_browser due_before turn_before"),
    ours("drill", N_("Drills, with invented posts"), "",
         "id number version kind minutes posts runs started_by started_at ends_at ended_at"),
    ours("drill_event", N_("What happened in drills"), "", "id drill position kind at what words member"),
    ours("report_reader", N_("Readers of reports by mail"), "",
         "id address rhythm language target paused planned_to added_by created_at"),
    ours("policy", N_("Times of the team"), "", "id version name terms made_by made_at"),
    ours("reply_rules", N_("Rules of answering"), "", "id version rules made_by made_at"),
    ours("capacity_plan", N_("Capacity"), "", "id version plan made_by made_at"),
    ours("calendar", N_("Calendars"), "", "id name zone country subdivision week closed_days changed_at"),
    ours("closed_day", N_("Closed days"), "", "id first last words created_at"),
    ours("dismissal", N_("Proposals that nobody wanted"), "", "kind dismissed_by dismissed_at"),
    ours("owner_figures", N_("Figures by owner"), "", "id only switched_by switched_at"),
    figure("incident_place", N_("Where incidents are spoken of"), "", "id incident platform state at"),
    figure("campaign_reply", N_("Replies of campaigns"), "", "id campaign template"),
    figure("stale_day", N_("Days to add up again"), "", "day"),
    figure("day_figure", N_("Figures of days"), "", "id dimension value day flags events times"),
    figure("period_total", N_("Totals of periods"), "", "key first last unit number typed_by typed_at"),
    figure("near_band", N_("Fingerprints of texts"), "", "id hash text"),
    figure("concern", N_("Shared concerns"), "",
           "scope people cases latest counted_at dismissed_at dismissed_people"),
    running("removed_capture", N_("Captures that were removed"), "", "id removed"),
    running("erasure", N_("Erasures, without names"), "",
            "id at member cases rows accounts kept files cleaned_at"),
    running("counter", N_("Counters"), "", "name value"),
    running("heartbeat", N_("Workers"), "", "name started_at seen_at note"),
    running("push_key", N_("Key of web push"), "", "id only sealed public created_at"),
    running("column_mapping", N_("Columns of imported tables"), "", "signature mapping used_at"),
    running("backup_plan", N_("How often backups are made"), "", "id only every_days kept changed_at"),
    running("backup_run", N_("Backups"), "",
            "id started_at finished_at name size rows files problem by_hand"),
    running("verification_run", N_("Looks at the records"), "",
            "id started_at finished_at cases entries files faults found"),
)
# fmt: on
"""All other tables."""
