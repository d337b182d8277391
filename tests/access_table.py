"""Who may use what: every address of the portal, its methods, its rule and what finds the thing it is about.

A row is `endpoint methods rule finder`. A rule is named as in its package's policy.py, a move as `move:who`; the finder is
asked first, and what it does not find for this person is 404. A new address without a row fails the tests, which print the row.
"""

import sys
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from portal.core.workflow import Guard

TABLE = """
applications.add_line        POST      is_writer                                                                                                            by_ref
applications.answer          POST      is_writer                                                                                                            draft_by_ref
applications.answers_csv     GET       sees_all_cases                                                                                                       round_by_code
applications.answers_xlsx    GET       sees_all_cases                                                                                                       round_by_code
applications.attach          POST      is_writer                                                                                                            by_ref
applications.changes         GET       can_read                                                                                                             by_ref
applications.carry_form      GET,POST  may_check                                                                                                            round_to_run
applications.check           GET       can_read                                                                                                             by_ref
applications.detach          POST      is_writer                                                                                                            by_ref
applications.eligibility     GET,POST  can_start                                                                                                            by_round
applications.export_csv      GET       can_list                                                                                                             -
applications.export_xlsx     GET       can_list                                                                                                             -
applications.form_as_word    GET       can_start                                                                                                            by_round
applications.forward         GET,POST  may_check                                                                                                           round_to_run
applications.index           GET       can_list                                                                                                             -
applications.make_answers    POST      sees_all_cases                                                                                                       round_by_code
applications.receipt         GET       can_read                                                                                                             by_ref
applications.remove_line     POST      is_writer                                                                                                            by_ref
applications.restore_line    POST      is_writer                                                                                                            by_ref
applications.save            POST      is_writer                                                                                                            by_ref
applications.section         GET       can_read                                                                                                             by_ref
applications.show            GET       can_read                                                                                                             by_ref
applications.start           GET,POST  can_start                                                                                                            by_round
applications.submit          POST      submit:is_lead                                                                                                       by_ref
applications.try_round       GET,POST  may_check                                                                                                           round_to_run
applications.withdraw        GET,POST  withdraw:is_lead                                                                                                     by_ref
assessment.ask_again         GET,POST  ask_again:may_ask_again                                                                                            assignment_by_id
assessment.assign            POST      is_officer                                                                                                           bid_by_ref
assessment.conflict          GET,POST  conflict:is_assessor_or_officer                                                                                      assignment_by_id
assessment.defer             GET,POST  defer:is_head_of_commissioning                                                                                     bid_by_ref
assessment.export_csv        GET       can_list                                                                                                             -
assessment.export_mine_csv   GET       is_assessor                                                                                                          -
assessment.export_mine_xlsx  GET       is_assessor                                                                                                          -
assessment.export_xlsx       GET       can_list                                                                                                             -
assessment.gate              GET,POST  admit:is_officer                                                                                                     bid_by_ref
assessment.hold_in_reserve   GET,POST  hold_in_reserve:is_head_of_commissioning                                                                           bid_by_ref
assessment.index             GET       can_list                                                                                                             -
assessment.interest          GET,POST  is_assessor_of                                                                                                       own_assignment
assessment.mine              GET       is_assessor                                                                                                          -
assessment.moderate          GET,POST  is_officer                                                                                                           bid_by_ref
assessment.ranking           GET       sees_all_cases                                                                                                       round_for_staff
assessment.recommend         GET,POST  recommend:is_officer                                                                                                 bid_by_ref
assessment.refuse            GET,POST  refuse_entry:is_officer                                                                                              bid_by_ref
assessment.reinstate         GET,POST  reinstate:is_head_of_commissioning                                                                                   bid_by_ref
assessment.return_           GET,POST  return:is_officer                                                                                                    bid_by_ref
assessment.save_score        POST      may_score                                                                                                            own_scores
assessment.score             GET,POST  may_score                                                                                                            scored_by
assessment.send_back         GET,POST  send_back:is_officer                                                                                                 assignment_by_id
assessment.show              GET       reads_files                                                                                                          bid_by_ref
assessment.stand_down        GET,POST  stand_down:is_officer                                                                                                assignment_by_id
assessment.submit            GET,POST  submit:may_score                                                                                                     scored_by
assessment.to_panel          GET,POST  to_panel:is_officer                                                                                                  bid_by_ref
awards.accept                GET,POST  accept:is_signatory                                                                                                  by_ref
awards.decide                GET,POST  may_decide                                                                                                           bid_by_ref
awards.decisions             GET       sees_all_cases                                                                                                       -
awards.decisions_csv         GET       sees_all_cases                                                                                                       -
awards.decisions_xlsx        GET       sees_all_cases                                                                                                       -
awards.decline_offer         GET,POST  decline_offer:is_signatory                                                                                           by_ref
awards.export_csv            GET       reads_awards                                                                                                         -
awards.export_xlsx           GET       reads_awards                                                                                                         -
awards.go_live               POST      go_live:may_run                                                                                                      by_ref
awards.index                 GET       reads_awards                                                                                                         -
awards.notice                GET       sees_all_cases                                                                                                       notice_by_ref
awards.publish               POST      publish:may_publish                                                                                                  notice_by_ref
awards.stand_aside           POST      may_decide                                                                                                           bid_by_ref
brand                        GET       anyone                                                                                                               -
files                        GET       anyone_signed_in                                                                                                     by_id
forms.add_question           GET,POST  writes_forms                                                                                                         draft_at
forms.add_section            GET,POST  writes_forms                                                                                                         draft_at
forms.bring                  GET,POST  writes_forms                                                                                                         -
forms.change                 POST      writes_forms                                                                                                         draft_at
forms.change_condition       POST      writes_forms                                                                                                         draft_at
forms.changes                GET       writes_forms                                                                                                         wording_at
forms.choose_kind            GET       writes_forms                                                                                                         draft_at
forms.condition              GET,POST  writes_forms                                                                                                         draft_at
forms.copy                   GET,POST  writes_forms                                                                                                         draft_at
forms.correct                POST      writes_forms                                                                                                         version_at
forms.details                GET,POST  writes_forms                                                                                                         draft_at
forms.drop                   GET,POST  writes_forms                                                                                                         draft_at
forms.export                 GET       writes_forms                                                                                                         wording_at
forms.help_                  GET       writes_forms                                                                                                         -
forms.index                  GET       writes_forms                                                                                                         -
forms.new                    GET,POST  writes_forms                                                                                                         -
forms.preview                GET       writes_forms                                                                                                         wording_at
forms.print_                 GET       writes_forms                                                                                                         wording_at
forms.publish                GET,POST  writes_forms                                                                                                         draft_at
forms.question               GET,POST  writes_forms                                                                                                         draft_at
forms.rules                  GET,POST  writes_forms                                                                                                         draft_at
forms.section                GET,POST  writes_forms                                                                                                         draft_at
forms.show                   GET       writes_forms                                                                                                         wording_at
forms.trial                  GET,POST  writes_forms                                                                                                         wording_at
forms.undo                   POST      writes_forms                                                                                                         draft_at
funds.about                  GET       sees_all_cases                                                                                                       fund_in_full
funds.add_document           POST      is_finance                                                                                                           source_by_key
funds.applicants             GET,POST  is_officer                                                                                                           fund_in_full
funds.approve                POST      may_answer                                                                                                           change_by_id
funds.carry_over             GET,POST  is_finance                                                                                                           source_by_key
funds.change                 GET       sees_all_cases                                                                                                       change_by_id
funds.checklist              GET,POST  is_officer                                                                                                           fund_by_slug
funds.cycle                  GET,POST  is_officer                                                                                                           fund_in_full
funds.edit                   GET,POST  is_officer                                                                                                           fund_by_slug
funds.edit_envelope          GET,POST  is_officer                                                                                                           envelope_by_slug
funds.edit_source            GET,POST  is_finance                                                                                                           source_by_key
funds.envelope               GET       sees_all_cases                                                                                                       envelope_by_slug
funds.envelopes              GET       sees_all_cases                                                                                                       -
funds.export_csv             GET       sees_all_cases                                                                                                       -
funds.export_xlsx            GET       sees_all_cases                                                                                                       -
funds.index                  GET       sees_all_cases                                                                                                       -
funds.new                    GET,POST  is_officer                                                                                                           -
funds.new_envelope           GET,POST  is_officer                                                                                                           -
funds.new_source             GET,POST  is_finance                                                                                                           -
funds.objectives             GET,POST  is_officer                                                                                                           fund_in_full
funds.propose                GET,POST  may_propose                                                                                                          fund_by_slug
funds.refuse                 GET,POST  may_refuse                                                                                                           change_by_id
funds.remove_document        POST      is_finance                                                                                                           source_by_key
funds.set_year               GET,POST  is_finance                                                                                                           source_by_key
funds.source                 GET       sees_all_cases                                                                                                       source_by_key
funds.sources                GET       sees_all_cases                                                                                                       -
funds.succeed                GET,POST  is_finance                                                                                                           source_by_key
funds.add_check              GET,POST  is_officer                                                                                                           round_for_staff
funds.add_criterion          GET,POST  is_officer                                                                                                           round_for_staff
funds.add_question           GET,POST  is_officer                                                                                                           round_for_staff
funds.copy_criteria          POST      is_officer                                                                                                           round_for_staff
funds.copy_eligibility       POST      is_officer                                                                                                           round_for_staff
funds.criteria               GET       sees_all_cases                                                                                                       round_for_staff
funds.edit_check             GET,POST  is_officer                                                                                                           round_for_staff
funds.edit_criterion         GET,POST  is_officer                                                                                                           round_for_staff
funds.edit_question          GET,POST  is_officer                                                                                                           round_for_staff
funds.eligibility            GET       sees_all_cases                                                                                                       round_for_staff
funds.move_check             POST      is_officer                                                                                                           round_for_staff
funds.move_criterion         POST      is_officer                                                                                                           round_for_staff
funds.move_question          POST      is_officer                                                                                                           round_for_staff
funds.points                 GET,POST  is_officer                                                                                                           round_for_staff
funds.remove_check           POST      is_officer                                                                                                           round_for_staff
funds.remove_criterion       POST      is_officer                                                                                                           round_for_staff
funds.remove_question        POST      is_officer                                                                                                           round_for_staff
funds.scheme                 GET,POST  is_officer                                                                                                           round_for_staff
funds.threshold              GET,POST  may_set_threshold                                                                                                    round_for_staff
funds.weights                POST      is_officer                                                                                                           round_for_staff
funds.add_holiday            POST      is_administrator                                                                                                    -
funds.archive_round          POST      archive:may_check                                                                                                   round_by_code
funds.bring                  GET,POST  may_check                                                                                                           round_by_code
funds.change_round           POST      change:may_check                                                                                                    round_by_code
funds.change_pot             GET,POST  set_pot:may_close                                                                                                    round_by_code
funds.check_round            POST      check:may_check                                                                                                     round_by_code
funds.clarification          GET,POST  may_check                                                                                                           clarification_of
funds.clarifications         GET       is_staff                                                                                                            round_by_code
funds.close_round            GET,POST  close:may_close                                                                                                     round_by_code
funds.extend_round           GET,POST  extend:may_close                                                                                                    round_by_code
funds.holidays               GET       is_staff                                                                                                            -
funds.invitations            GET       is_staff                                                                                                            round_by_code
funds.invite                 POST      may_check                                                                                                           round_by_code
funds.new_round              GET,POST  may_check                                                                                                           fund_by_slug
funds.open_round             POST      open:may_open                                                                                                       round_by_code
funds.pause_round            GET,POST  pause:may_check                                                                                                     round_by_code
funds.preview                GET       is_staff                                                                                                            round_by_code
funds.remove_holiday         POST      is_administrator                                                                                                    by_id
funds.resume_round           POST      resume:may_check                                                                                                    round_by_code
funds.rounds                 GET       is_staff                                                                                                            -
funds.section                GET,POST  may_check                                                                                                           round_by_code
funds.set_aside              POST      may_check                                                                                                           clarification_of
funds.show_round             GET       is_staff                                                                                                            round_by_code
monitoring.add_line          POST      may_prepare                                                                                                          by_ref
monitoring.answer            POST      may_prepare                                                                                                          by_ref
monitoring.answer_queries    POST      may_prepare                                                                                                          by_ref
monitoring.attach            POST      may_prepare                                                                                                          by_ref
monitoring.check             GET       may_prepare                                                                                                          by_ref
monitoring.detach            POST      may_prepare                                                                                                          by_ref
monitoring.export_csv        GET       reads_awards                                                                                                         -
monitoring.export_xlsx       GET       reads_awards                                                                                                         -
monitoring.figures           GET,POST  may_prepare                                                                                                          by_ref
monitoring.index             GET       reads_awards                                                                                                         -
monitoring.remove_line       POST      may_prepare                                                                                                          by_ref
monitoring.restore_line      POST      may_prepare                                                                                                          by_ref
monitoring.review            GET,POST  accept:may_check                                                                                                     by_ref
monitoring.save              POST      may_prepare                                                                                                          by_ref
monitoring.section           GET       may_prepare                                                                                                          by_ref
monitoring.send              POST      certify:may_certify                                                                                                  by_ref
monitoring.show              GET       anyone_signed_in                                                                                                     by_ref
monitoring.start             POST      start:may_prepare                                                                                                    by_ref
monitoring.waive             GET,POST  waive:may_waive                                                                                                      by_ref
people.accept                POST      anyone                                                                                                               -
people.accept_work           POST      anyone                                                                                                               -
people.accept_with_passkey   GET,POST  anyone                                                                                                               -
people.account               GET       anyone_signed_in                                                                                                     -
people.account_request       GET       is_officer                                                                                                           request_by_id
people.add_passkey           GET,POST  anyone_signed_in                                                                                                     -
people.add_contact           GET,POST  may_change_contacts                                                                                                  organisation_by_id
people.add_coverage          GET,POST  manages_people                                                                                                       organisation_by_id
people.add_number            GET,POST  manages_people                                                                                                       organisation_by_id
people.add_organisation      GET,POST  manages_people                                                                                                       -
people.add_paper             GET,POST  may_add_papers                                                                                                       organisation_by_id
people.add_partner           GET,POST  manages_people                                                                                                       organisation_by_id
people.admit                 POST      is_officer                                                                                                           request_by_id
people.areas                 GET       is_staff                                                                                                             -
people.areas_csv             GET       is_staff                                                                                                             -
people.areas_xlsx            GET       is_staff                                                                                                             -
people.ask                   GET,POST  anyone                                                                                                               -
people.asked                 GET       anyone                                                                                                               -
people.bank_details          GET       is_finance                                                                                                                   account_by_id
people.carry_out             GET,POST  is_administrator                                                                                                            -
people.change                GET       is_administrator                                                                                                     change_by_id
people.change_host           GET,POST  manages_people                                                                                                       organisation_by_id
people.change_organisation   GET,POST  may_change_contacts                                                                                                  organisation_by_id
people.compare               GET       manages_people                                                                                                       pair_of
people.confirm_address       POST      anyone_signed_in                                                                                                     own_email_change
people.confirm_change        POST      may_answer                                                                                                           change_by_id
people.connect_work          POST      anyone_signed_in                                                                                                     -
people.confirm_passkey       GET,POST  anyone_signed_in                                                                                                     -
people.copy                  POST      handles_requests                                                                                                            anybody_by_id
people.correct               GET,POST  may_change_data                                                                                                             anybody_by_id
people.data                  GET       handles_requests                                                                                                            anybody_by_id
people.details               GET,POST  anyone_signed_in                                                                                                     -
people.disable               GET,POST  may_shut                                                                                                             person_by_id
people.disconnect            GET,POST  may_shut                                                                                                             person_by_id
people.doubles               GET       manages_people                                                                                                       -
people.doubles_of            GET       manages_people                                                                                                       organisation_by_id
people.email                 GET,POST  anyone_signed_in                                                                                                     -
people.end                   GET,POST  manages_people                                                                                                       dated_of
people.end_contact           GET,POST  may_end_contact                                                                                                      contact_of
people.end_others            POST      anyone_signed_in                                                                                                     -
people.end_role              GET,POST  may_end_role                                                                                                         appointment_of
people.end_sign_in           POST      anyone_signed_in                                                                                                     own_sign_in
people.erase                 POST      may_change_data                                                                                                             anybody_by_id
people.erasure               GET       handles_requests                                                                                                            anybody_by_id
people.export_csv            GET       sees_people                                                                                                          -
people.export_xlsx           GET       sees_people                                                                                                          -
people.give_role             GET,POST  may_change_roles                                                                                                     person_by_id
people.import_areas          GET,POST  is_administrator                                                                                                     -
people.index                 GET       sees_people                                                                                                          -
people.invitation            GET       anyone                                                                                                               -
people.invite                GET,POST  sees_people                                                                                                          -
people.invite_staff          GET,POST  is_administrator                                                                                                     -
people.matrix                GET       is_administrator                                                                                                     -
people.merge                 POST      manages_people                                                                                                       pair_of
people.new_address           GET       anyone_signed_in                                                                                                     own_email_change
people.not_the_same          POST      manages_people                                                                                                       likeness_by_id
people.open_again            GET,POST  may_shut                                                                                                             person_by_id
people.own_passkeys          GET       anyone_signed_in                                                                                                     -
people.organisations         GET       sees_all_cases                                                                                                       -
people.organisations_csv     GET       sees_all_cases                                                                                                       -
people.organisations_xlsx    GET       sees_all_cases                                                                                                       -
people.own_data              POST      anyone_signed_in                                                                                                            -
people.own_data_page         GET       anyone_signed_in                                                                                                            -
people.person                GET       sees_people                                                                                                          person_by_id
people.personal              GET       handles_requests                                                                                                            -
people.recovery_codes        POST      anyone_signed_in                                                                                                     -
people.refuse                GET,POST  is_officer                                                                                                           request_by_id
people.refuse_change         POST      is_administrator                                                                                                     change_by_id
people.remove                GET,POST  may_remove                                                                                                           own_or_colleagues
people.remove_passkey        GET,POST  anyone_signed_in                                                                                                     own_passkey
people.remove_number         POST      manages_people                                                                                                       number_of
people.reset_second_factor   GET,POST  may_shut                                                                                                             person_by_id
people.retention_rules       GET       handles_requests                                                                                                            -
people.rights                GET,POST  may_change_rights                                                                                                    own_or_colleagues
people.second_factor         GET,POST  anyone_signed_in                                                                                                     -
people.send_again            POST      sees_people                                                                                                          invitation_by_id
people.sign_in_with_passkey  GET,POST  anyone                                                                                                               -
people.sign_ins              GET       anyone_signed_in                                                                                                     -
people.stay                  GET       anyone_signed_in                                                                                                     -
people.take_over             GET,POST  is_officer                                                                                                           person_by_id
people.undo_merge            POST      manages_people                                                                                                       merge_by_id
people.verified              POST      anyone                                                                                                               -
people.verify                GET       anyone                                                                                                               -
people.withdraw              POST      sees_people                                                                                                          invitation_by_id
people.work                  GET       manages_people                                                                                                       person_by_id
people.work_account          GET       anyone_signed_in                                                                                                     -
people.work_again            GET       anyone_signed_in                                                                                                     -
people.work_connect          GET       anyone_signed_in                                                                                                     -
people.work_invitation       GET       anyone                                                                                                               -
people.work_return           GET       anyone                                                                                                               -
people.work_sign_in          GET       anyone                                                                                                               -
people.work_signed_out       GET       anyone                                                                                                               -
publishing.accessibility     GET       anyone                                                                                                               -
publishing.alerts            GET,POST  anyone                                                                                                               -
publishing.alerts_asked      GET       anyone                                                                                                               -
publishing.alerts_stopped    GET       anyone                                                                                                               -
publishing.confirm           GET       anyone                                                                                                               -
publishing.confirmed         POST      anyone                                                                                                               -
publishing.ask               GET,POST  anyone                                                                                                              by_slug
publishing.contact           GET       anyone                                                                                                               -
publishing.cookies           GET       anyone                                                                                                               -
publishing.decisions         GET       anyone                                                                                                               -
publishing.decisions_csv     GET       anyone                                                                                                               -
publishing.feed              GET       anyone                                                                                                               -
publishing.fund              GET       anyone                                                                                                               by_slug
publishing.funds             GET       anyone                                                                                                               -
publishing.guide             GET       anyone                                                                                                               by_code
publishing.healthz           GET       anyone                                                                                                               -
publishing.home              GET       anyone                                                                                                               -
publishing.notice            GET       anyone                                                                                                               public_notice
publishing.privacy           GET       anyone                                                                                                               -
publishing.questions         GET       anyone                                                                                                               by_slug
publishing.robots            GET       anyone                                                                                                               -
publishing.round_            GET       anyone                                                                                                               by_code
publishing.security          GET       anyone                                                                                                               -
publishing.site_map          GET       anyone                                                                                                               -
publishing.stop              GET       anyone                                                                                                               -
publishing.stop_with_one_click GET,POST anyone                                                                                                              -
publishing.stopped           POST      anyone                                                                                                               -
reporting.chain              GET       is_auditor                                                                                                           -
reporting.desk               GET       anyone_signed_in                                                                                                     -
reporting.event              GET       reads_histories                                                                                                             by_number
reporting.events             GET       is_auditor                                                                                                                  -
reporting.events_csv         GET       is_auditor                                                                                                                  -
reporting.envelope_history   GET       sees_all_cases                                                                                                       envelope_by_slug
reporting.finance            GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.finance_csv        GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.finance_xlsx       GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.fund               GET       sees_all_cases                                                                                                       fund_by_slug
reporting.fund_history       GET       sees_all_cases                                                                                                       fund_by_slug
reporting.grant              GET       anyone_signed_in                                                                                                     by_ref
reporting.job                GET       anyone_signed_in                                                                                                     job_by_id
reporting.letter             GET       anyone_signed_in                                                                                                     by_id
reporting.mail               GET       anyone_signed_in                                                                                                     -
reporting.make_workbook      POST      is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.objective          GET       is_staff                                                                                                             objective_by_id
reporting.organisation       GET       anyone_signed_in                                                                                                     organisation_at
reporting.own_organisation   GET       is_applicant                                                                                                         -
reporting.person_history     GET       reads_histories                                                                                                             anybody_by_id
reporting.plan               GET       is_staff                                                                                                             -
reporting.whole              GET       anyone_signed_in                                                                                                     by_ref
reporting.source_history     GET       sees_all_cases                                                                                                       source_by_key
reporting.round_watch        GET       sees_all_cases                                                                                                      round_by_code
security.change_password     GET,POST  anyone_signed_in                                                                                                     -
security.forgot_password     GET,POST  anyone                                                                                                               -
security.login               GET,POST  anyone                                                                                                               -
security.logout              POST      anyone                                                                                                               -
security.mf_recovery         GET,POST  anyone                                                                                                               -
security.mf_recovery_codes   GET,POST  anyone                                                                                                               -
security.reset_password      GET,POST  anyone                                                                                                               -
security.static              GET       anyone                                                                                                               -
security.tf_select           GET,POST  anyone                                                                                                               -
security.two_factor_rescue   GET,POST  anyone                                                                                                               -
security.two_factor_setup    GET,POST  anyone                                                                                                               -
security.two_factor_setup_validate POST      anyone                                                                                                               -
security.two_factor_token_validation GET,POST  anyone                                                                                                               -
security.verify              GET,POST  anyone_signed_in                                                                                                     -
"""


def written() -> dict[str, str]:
    """The rows of the table by their endpoint."""
    rows = [" ".join(line.split()) for line in TABLE.strip().splitlines() if line.strip()]
    return {row.split()[0]: row for row in rows}


def actual(app: Flask) -> dict[str, str]:
    """The same rows as the application has them."""
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.endpoint, set()).update(methods_of(rule))
    return {
        endpoint: f"{endpoint} {','.join(sorted(allowed))} {rule_of(app.view_functions[endpoint])} {finder_of(app.view_functions[endpoint])}"
        for endpoint, allowed in methods.items()
    }


def methods_of(rule: Rule) -> set[str]:
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}


def rule_of(view: Any) -> str:
    policy = getattr(view, "policy", None)
    if policy is None:
        return "NOBODY"
    return f"{policy.move.name}:{name_of(policy.who)}" if isinstance(policy, Guard) else name_of(policy)


def name_of(policy: Any) -> str:
    """The name that its package gives a rule; rules made by `is_any_of` have a longer one of their own."""
    for module in [sys.modules[name] for name in sorted(sys.modules) if name.startswith("portal.") and name.endswith(".policy")]:
        for name, value in vars(module).items():
            if value is policy:
                return name
    return str(policy.__name__)


def finder_of(view: Any) -> str:
    load = getattr(view, "load", None)
    return "-" if load is None else str(load.__name__)
