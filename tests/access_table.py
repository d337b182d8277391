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
applications.answer          POST      is_writer                                                                                                            by_ref
applications.attach          POST      is_writer                                                                                                            by_ref
applications.check           GET       can_read                                                                                                             by_ref
applications.detach          POST      is_writer                                                                                                            by_ref
applications.export_csv      GET       can_list                                                                                                             -
applications.export_xlsx     GET       can_list                                                                                                             -
applications.forward         GET,POST  may_check                                                                                                           round_to_run
applications.index           GET       can_list                                                                                                             -
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
assessment.assign            POST      is_officer                                                                                                           bid_by_ref
assessment.conflict          GET,POST  conflict:is_assessor_or_officer                                                                                      assignment_by_id
assessment.export_csv        GET       can_list                                                                                                             -
assessment.export_mine_csv   GET       is_assessor                                                                                                          -
assessment.export_mine_xlsx  GET       is_assessor                                                                                                          -
assessment.export_xlsx       GET       can_list                                                                                                             -
assessment.gate              GET,POST  admit:is_officer                                                                                                     bid_by_ref
assessment.index             GET       can_list                                                                                                             -
assessment.interest          GET,POST  is_assessor_of                                                                                                       own_assignment
assessment.mine              GET       is_assessor                                                                                                          -
assessment.moderate          GET,POST  is_officer                                                                                                           bid_by_ref
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
funds.add_holiday            POST      is_administrator                                                                                                    -
funds.archive_round          POST      archive:may_check                                                                                                   round_by_code
funds.bring                  GET,POST  may_check                                                                                                           round_by_code
funds.change_round           POST      change:may_check                                                                                                    round_by_code
funds.check_round            POST      check:may_check                                                                                                     round_by_code
funds.clarification          GET,POST  may_check                                                                                                           clarification_of
funds.clarifications         GET       is_staff                                                                                                            round_by_code
funds.close_round            GET,POST  close:may_close                                                                                                     round_by_code
funds.extend_round           GET,POST  extend:may_close                                                                                                    round_by_code
funds.holidays               GET       is_staff                                                                                                            -
funds.invitations            GET,POST  may_check                                                                                                           round_by_code
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
people.account               GET       anyone_signed_in                                                                                                     -
people.account_request       GET       is_officer                                                                                                           request_by_id
people.admit                 POST      is_officer                                                                                                           request_by_id
people.ask                   GET,POST  anyone                                                                                                               -
people.asked                 GET       anyone                                                                                                               -
people.change                GET       is_administrator                                                                                                     change_by_id
people.confirm_address       POST      anyone_signed_in                                                                                                     own_email_change
people.confirm_change        POST      may_answer                                                                                                           change_by_id
people.details               GET,POST  anyone_signed_in                                                                                                     -
people.disable               GET,POST  may_shut                                                                                                             person_by_id
people.email                 GET,POST  anyone_signed_in                                                                                                     -
people.end_others            POST      anyone_signed_in                                                                                                     -
people.end_role              GET,POST  may_end_role                                                                                                         appointment_of
people.end_sign_in           POST      anyone_signed_in                                                                                                     own_sign_in
people.export_csv            GET       sees_people                                                                                                          -
people.export_xlsx           GET       sees_people                                                                                                          -
people.give_role             GET,POST  may_change_roles                                                                                                     person_by_id
people.index                 GET       sees_people                                                                                                          -
people.invitation            GET       anyone                                                                                                               -
people.invite                GET,POST  sees_people                                                                                                          -
people.invite_staff          GET,POST  is_administrator                                                                                                     -
people.matrix                GET       is_administrator                                                                                                     -
people.new_address           GET       anyone_signed_in                                                                                                     own_email_change
people.open_again            GET,POST  may_shut                                                                                                             person_by_id
people.person                GET       sees_people                                                                                                          person_by_id
people.recovery_codes        POST      anyone_signed_in                                                                                                     -
people.refuse                GET,POST  is_officer                                                                                                           request_by_id
people.refuse_change         POST      is_administrator                                                                                                     change_by_id
people.remove                GET,POST  may_remove                                                                                                           own_or_colleagues
people.reset_second_factor   GET,POST  may_shut                                                                                                             person_by_id
people.rights                GET,POST  may_change_rights                                                                                                    own_or_colleagues
people.second_factor         GET,POST  anyone_signed_in                                                                                                     -
people.send_again            POST      sees_people                                                                                                          invitation_by_id
people.sign_ins              GET       anyone_signed_in                                                                                                     -
people.stay                  GET       anyone_signed_in                                                                                                     -
people.take_over             GET,POST  is_officer                                                                                                           person_by_id
people.verified              POST      anyone                                                                                                               -
people.verify                GET       anyone                                                                                                               -
people.withdraw              POST      sees_people                                                                                                          invitation_by_id
people.work                  GET       manages_people                                                                                                       person_by_id
publishing.accessibility     GET       anyone                                                                                                               -
publishing.ask               GET,POST  anyone                                                                                                              by_slug
publishing.contact           GET       anyone                                                                                                               -
publishing.cookies           GET       anyone                                                                                                               -
publishing.decisions         GET       anyone                                                                                                               -
publishing.decisions_csv     GET       anyone                                                                                                               -
publishing.fund              GET       anyone                                                                                                               by_slug
publishing.funds             GET       anyone                                                                                                               -
publishing.healthz           GET       anyone                                                                                                               -
publishing.home              GET       anyone                                                                                                               -
publishing.notice            GET       anyone                                                                                                               public_notice
publishing.privacy           GET       anyone                                                                                                               -
publishing.questions         GET       anyone                                                                                                               by_slug
publishing.robots            GET       anyone                                                                                                               -
publishing.security          GET       anyone                                                                                                               -
reporting.chain              GET       is_auditor                                                                                                           -
reporting.desk               GET       anyone_signed_in                                                                                                     -
reporting.finance            GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.finance_csv        GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.finance_xlsx       GET       is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.grant              GET       anyone_signed_in                                                                                                     by_ref
reporting.job                GET       anyone_signed_in                                                                                                     job_by_id
reporting.letter             GET       anyone_signed_in                                                                                                     by_id
reporting.mail               GET       anyone_signed_in                                                                                                     -
reporting.make_workbook      POST      is_finance_officer_or_chief_finance_officer_or_grants_officer_or_head_of_commissioning_or_decision_maker_or_auditor  -
reporting.objective          GET       is_staff                                                                                                             objective_by_id
reporting.plan               GET       is_staff                                                                                                             -
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
