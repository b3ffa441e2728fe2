"""English phrases that promise, invite, regret or offer; one a line."""

from amends.rules.reply.reply_lint.english_wording import WORDING
from amends.rules.reply.reply_lint.phrases import Phrases

US = (
    r"(?:we|i|our team|the team|our \w{2,14} team|someone|somebody|a colleague|my colleague"
    r"|\w{2,14} from (?:the |our )?\w{2,14})"
)
WILL = r"(?:'ll| will| shall| are going to|'re going to| am going to|'m going to| is going to)"
UNLESS_NOT = r"(?:(?!not |never |need |have )[a-z'-]{1,20} ){0,3}"
DEED = (
    r"(?:refund|reimburse|repay|send|resend|ship|replace|exchange|call|ring|phone|write|reply|answer"
    r"|respond|get back|come back|contact|be in touch|fix|repair|solve|resolve|correct|check|look into"
    r"|investigate|find out|credit|deliver|redeliver|change|update|publish|post|let you know|tell you"
    r"|speak|talk|raise|forward|pass|pick|collect|cancel|restore|reopen|remove|return"
    r"|have (?:it|this|that|your \w{2,20})|(?:make|put) (?:it|this|things) right)"
)
REVIEW = (
    r"(?:(?:your|the|this|that|my) (?:\S{1,15} ){0,2}(?:review|rating|comment|post|feedback|stars?|tweet"
    r"|score)|(?:\w{2,6}|5|4)[ -]stars?(?: (?:review|rating))?)"
)

LOUD = frozenset(
    [
        "again", "all", "always", "cannot", "enough", "every", "everything", "facts", "false", "free",
        "liar", "lies", "must", "never", "no", "not", "nothing", "now", "only", "please", "read", "really",
        "sorry", "stop", "very", "what", "who", "why", "wrong", "you", "your"
    ]
)  # fmt: skip
"""Words that shout alone, in capitals."""
ENGLISH = Phrases(
    wording=WORDING,
    vows=(
        rf"{US}{WILL} {UNLESS_NOT}{DEED}",
        rf"{US} promise[sd]?(?: you)? (?:to|that|a|an|you)",
        (
            r"you(?:'ll| will)(?: \w{1,12}){0,2} (?:receive|get|have) (?:your|the|a|an|it|them|our|another"
            r"|that|this)"
        ),
        (
            r"(?:your|the|a) (?:\w{2,15} ){1,2}(?:will|is going to) (?:be|arrive|reach|come|leave|reopen"
            r"|open|work)"
        ),
        (
            r"will(?: \w{1,12})? be (?:refunded|replaced|sent|shipped|fixed|repaired|delivered|credited"
            r"|changed|corrected|answered|called|on your|with you|back)"
        ),
    ),
    vows_when_dated=(
        (
            rf"{US}(?:'re| are| am|'m| is)? (?:\w{{1,15}} )?(?:refund|refunding|send|sending|call|calling"
            rf"|ship|shipping|replace|replacing|deliver|delivering|fix|fixing|answer|answering|write"
            rf"|writing|come|coming|post|posting|publish|publishing|reply|replying|ring|ringing)"
        ),
        r"(?:arrives|leaves|ships|expect (?:it|your|our|the)|due|scheduled|back in stock)",
        rf"{US}{WILL}",
        r"you can count on",
    ),
    invites=(
        (
            r"(?:write|message|e-?mail|mail|call|ring|phone|contact|reach|dm|pm|text|tell|ask|find|join"
            r"|answer|reply to)(?: to| out to)? (?:us|me|our \w{2,15})"
        ),
        (
            r"(?:reach out|get in touch|be in touch|come by|come and see|stop by|drop by|drop in|speak"
            r"|talk|chat)(?: to| with)? (?:us|me|our|with)"
        ),
        r"(?:reach out|get in touch|come back to us)",
        (
            r"(?:send|drop|give|shoot|leave) (?:us|me) (?:an? |your )?(?:\w{2,15} ){0,2}(?:line|message"
            r"|e-?mail|mail|dm|pm|call|ring|note|word|number|details)"
        ),
        (
            r"(?:in|by|via|through|over|to) (?:an? |the |our )?(?:private|direct|dm|dms|pm|pms|inbox"
            r"|messages|e-?mail|phone|chat)(?: message| messages| chat)?"
        ),
        (
            r"(?:our|my) (?:inbox|dms?|messages|door|phone|desk|line|direct line|mailbox|address|e-?mail"
            r"|number) (?:is|are)"
        ),
        r"(?:dms?|messages|inbox) (?:are|is) open",
        (
            r"(?:at|on|to|via|through|here:?|under) (?:https?://\S{1,200}|www\.\S{1,200}|\S{1,40}@\S{1,60}"
            r"|\+?\d[\d ]{6,20})"
        ),
        r"private(?:ly)?(?: message| place| link| page)?",
        r"\{private_place\}",
        r"(?:sent|written) you (?:an? )?(?:\w{2,12} )?(?:message|dm|pm|e-?mail|invitation|link)",
        r"(?:may|can|could|let) (?:we|i|us|me) (?:call|ring|phone|write|e-?mail)",
    ),
    theirs=(
        r"your (?:own )?(?:\w{2,12} )?(?:e-?mail|mail|phone|number|mobile|address|account|inbox|card|iban)",
        (
            r"(?:call(?:ed)?|reach(?:ed)?|ring|rang|wrote|written|write|sent|send|e-?mail(?:ed)?"
            r"|contact(?:ed)?|phone[sd]?)(?: to)? (?:you|it|them|the \w{2,12})(?: again| twice| back"
            r"| yesterday| today)? (?:at|on|to|under|via)"
        ),
        (
            r"(?:belongs to|registered (?:to|under|with)|in the name of|deliver(?:ed)? to|living at"
            r"|customer|mr|mrs|ms)"
        ),
    ),
    regrets=(
        r"(?:we|i|our \w{2,12}) (?:\w{2,15} |truly |do ){0,2}apologi[sz]e(?! if| that you (?:feel|felt))",
        (
            r"(?:our|my|please accept|sincerest|sincere|deepest|deep|full|humble|unreserved"
            r"|owe you)… apolog(?:y|ies)"
        ),
        r"apologies(?:,| for)",
        (
            r"(?:we|i)(?:'re| are|'m| am)(?: so| very| truly| really| deeply| terribly| sincerely"
            r"| extremely)+ sorry(?! (?:that |if )?(?:you feel|you felt|you see|you are upset|to (?:see"
            r"|read|hear)))"
        ),
        (
            r"(?:we|i)(?:'re| are|'m| am) sorry(?:[.!]|$| for (?:what|this|our|the|everything|any|all|your"
            r"|how|that))"
        ),
        r"(?:it|this|that)(?:'s| is| was)(?: entirely| all)? (?:our|my) (?:fault|mistake|error)",
        r"(?:forgive us|beg your pardon|ask(?: for)? (?:your )?forgiveness)",
        r"we (?:were|are|got it|did you) wrong",
        r"we (?:let you down|failed you)",
    ),
    gifts=(
        (
            r"(?:voucher|discount|coupon|gift|gift card|refund|refunds?|reimburse(?:ment)?|money back"
            r"|credit|free \w{2,15}|for free|free of charge|compensat\w{1,6}|reward|present|cash|bonus"
            r"|upgrade|goodwill|percent|10 ?%|\d{1,2} ?%|\d{1,4} ?(?:euros?|pounds?|dollars?|eur|gbp|usd|€"
            r"|£|\$)|[€£$] ?\d{1,4}|something (?:nice|special|extra)|make it worth|on the house|on us"
            r"|thank you gift|a treat)"
        ),
    ),
    revisions=(
        (
            rf"(?:chang|remov|delet|updat|edit|revis|amend|improv|rais|correct|reconsider|upgrad|withdraw"
            rf"|adjust|rewrit|tak)(?:e|es|ed|ing|ting|s|ten)?… (?:down |up |back )?{REVIEW}"
        ),
        (
            rf"{REVIEW}… (?:is|was|gets|has been|were|be)? ?(?:changed|removed|deleted|updated|edited|gone"
            rf"|taken down|improved|corrected|withdrawn|disappears|comes down|goes|raised)"
        ),
        (
            r"(?:five|5|four|4|more|better|higher|positive|good|nicer|another)[ -](?:\w{1,8} )?(?:stars?"
            r"|reviews?|ratings?|score)"
        ),
    ),
    conditions=(
        (
            r"(?:if|once|when|as soon as|after|provided|in (?:return|exchange)|in exchange for"
            r"|in return for|then|for that|for it|all we ask|would you|could you|in that case|on condition"
            r"|the moment)"
        ),
    ),
    loud=LOUD,
    days={
        "today": "0",
        "tonight": "0",
        "this morning": "0",
        "this afternoon": "0",
        "this evening": "0",
        "end of the day": "0",
        "end of day": "0",
        "end of business": "0",
        "close of business": "0",
        "tomorrow": "1",
        "end of the week": "week",
        "end of this week": "week",
        "this week": "week",
        "the weekend": "week",
        "the week-end": "week",
        "next week": "next_week",
        "end of the month": "month",
        "end of this month": "month",
        "this month": "month",
        "monday": "mon",
        "tuesday": "tue",
        "wednesday": "wed",
        "thursday": "thu",
        "friday": "fri",
        "saturday": "sat",
        "sunday": "sun",
    },
)
