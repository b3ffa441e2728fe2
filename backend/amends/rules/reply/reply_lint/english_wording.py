"""English wording to avoid in a reply; one phrase a line."""

from collections.abc import Mapping, Sequence

from amends.rules.reply.reply_lint.findings import LintRule

WORDING: Mapping[LintRule, Sequence[str]] = {
    LintRule.DEFENSIVE: (
        (
            r"(?:as|like) (?:is )?(?:stated|written|explained|indicated|clearly|set out|mentioned) (?:in"
            r"|on|at|stated|written)"
        ),
        (
            r"our (?:terms|policy|policies|conditions|rules|website|site|faq)… (?:state|states|say|says"
            r"|clear|apply|explain|explains|mention|mentions)"
        ),
        (
            r"(?:nobody|no one|no-one) (?:else )?(?:has |ever |else )*(?:complain|complained|complains|had"
            r"|has had|reported|noticed)"
        ),
        (
            r"(?:we|i)(?:'ve| have)? (?:never|not|n't)… (?:had|received|heard|seen)… (?:complaint"
            r"|complaints|problem|problems|issue|issues|anything like)"
        ),
        (
            r"(?:all|most|many|thousands of|hundreds of)(?: of)? (?:our |other )+(?:customers|guests"
            r"|clients|users|readers)"
        ),
        (
            r"(?:that|this|it)(?:'s| is| was) (?:simply |just |plainly |completely |absolutely |totally "
            r"|clearly )?(?:not true|untrue|false|wrong|inaccurate|incorrect|a lie|unfair)"
        ),
        r"(?:we|i) did (?:nothing|not do anything) wrong",
        r"(?:we|i)(?:'re| are|'m| am) not (?:responsible|to blame|liable|at fault)",
        (
            r"(?:is|are|was|were|be)(?:n't| not) (?:our|my) (?:\w{1,12} )?(?:fault|responsibility|problem"
            r"|doing|mistake)"
        ),
        r"(?:out of|outside|beyond) our control",
        r"not (?:our|my) (?:fault|problem|doing)",
        r"(?:nothing|little) (?:more |else )?(?:that )?(?:we|i) (?:can|could)(?: have)? (?:do|done)",
        r"with all (?:due )?respect",
        r"in (?:our|my) (?:own )?defen[cs]e",
        r"to be fair to (?:us|our)",
        r"unfortunately for you",
        (
            r"(?:we|i) (?:strongly |completely |totally |have to |must )?(?:disagree|object|dispute|refute"
            r"|reject)"
        ),
        (
            r"(?:we|i) (?:can|could)(?:not|n't| not) (?:possibly )?(?:have known|be held|please everyone"
            r"|please everybody)"
        ),
        (
            r"(?:followed|kept to|respected) (?:all )?(?:our|the) (?:procedure|procedures|process|protocol"
            r"|rules)"
        ),
        r"perfectly (?:normal|clear|standard|acceptable)",
        (
            r"(?:your|the) (?:expectations|tone)… (?:unrealistic|unreasonable|unacceptable|too high"
            r"|not acceptable)"
        ),
        r"(?:we|our \w{2,14}) (?:are|is|do|does|work|works)… (?:very |extremely )?hard",
    ),
    LintRule.EMPTY_PROMISE: (
        r"(?:do|doing|try|trying|did) (?:our|my|the) (?:very |level |absolute )?best",
        r"best endeavours",
        (
            r"(?:do|doing) (?:everything|all|whatever|what) (?:that )?(?:we|i|it takes|is possible"
            r"|is in our power)(?: possibly)?(?: can| could)?"
        ),
        r"(?:never|not|won't|n't) (?:ever )?(?:happen|occur) again",
        r"will be the last time",
        (
            r"(?:we|i|will|'ll|team|colleagues?)… (?:[a-z']{1,20} ){0,8}?(?:as soon as (?:we can|possible"
            r"|we are able)|asap|in due course|shortly|(?:very )?soon|at the earliest"
            r"|as quickly as possible|in the near future|when we can|in no time)"
        ),
        (
            r"(?:will|'ll|to) (?:be )?(?:take|taken|taking) (?:this |it |your \w{2,12} )?(?:very "
            r"|extremely )?(?:seriously|on board|into account|into consideration)"
        ),
        (
            r"(?:make sure|ensure|see to it|guarantee|rest assured)(?: that)? (?:this|it|that|you|we|our"
            r"|your|everything|nothing)"
        ),
        r"rest assured",
        (
            r"(?:strive|striving|endeavou?r|aim|hope) to (?:do better|improve|be better|get better|resolve"
            r"|fix|reply|answer)"
        ),
        r"will (?:definitely |certainly |surely )?(?:improve|do better|learn from)",
        r"working on it",
        r"leave no stone",
        r"(?:we|i)(?: \w{2,12})? take… (?:very |extremely |most )?(?:seriously|to heart)",
    ),
    LintRule.BLAME: (
        (
            r"you (?:should|could|ought to|might)(?: have|'ve)(?! (?:had|got|received|been (?:told|called"
            r"|given|offered|able)|heard))"
        ),
        r"you (?:failed|forgot|neglected|refused|chose) (?:to|not)",
        r"had you (?:only |just )?(?:read|told|asked|followed|checked|called|bothered)",
        (
            r"if you(?:'d| had)(?: only| just)? (?:read|told|asked|followed|checked|called|bothered|taken"
            r"|looked|listened)"
        ),
        (
            r"(?:is|was|are|were|be)(?: entirely| clearly| simply| really| all)? (?:your"
            r"|the customer's)(?: own)? (?:fault|mistake|error|doing|responsibility|problem|choice)"
        ),
        r"your own (?:fault|mistake|error|doing|choice)",
        r"(?:error|mistake|fault) on your (?:part|side|end)",
        r"user error",
        (
            r"you (?:did not|didn't|haven't|have not|never|don't)(?: even| bother to| care to| properly"
            r"| carefully)* (?:read|check|follow|followed|listen|understand|understood|bother|tell|told"
            r"|call|called|contact|contacted|ask|asked|look|mention|mentioned)"
        ),
        (
            r"you (?:obviously|clearly|evidently|apparently|plainly|must have|must've|probably"
            r"|surely)(?: have| have not| did not| didn't| are| never)? \w{2,20}"
        ),
        (
            r"you (?:\w{1,12} )?(?:misunderstood|misread|misused|mistreated|mishandled|overreacted"
            r"|are overreacting|are exaggerating|are wrong|are mistaken|got it wrong|ordered the wrong"
            r"|chose the wrong|typed the wrong|entered the wrong|broke it)"
        ),
        (
            r"(?:as|like)? ?(?:we|i)(?:'ve| have)? (?:already|repeatedly|previously) (?:told|said"
            r"|explained|informed|answered|warned|written|asked)(?: you| to you)?"
        ),
        r"for the (?:last|third|hundredth|umpteenth) time",
        r"how many times",
        r"once again, (?:we|you|the|our|please)",
        r"if you (?:do not|don't) like it",
        r"nobody forced you",
        r"what did you expect",
        r"blame (?:us|yourself)",
        r"next time,? (?:please )?(?:read|check|follow|listen|think|ask)",
        r"learn to (?:read|use|cook|drive|wait|ask)",
    ),
    LintRule.SARCASM: (
        (
            r"thank(?:s| you)(?: so much| very much| a lot)? for (?:nothing|(?:your|the|this"
            r"|that) (?:\w{2,12} )?(?:charming|lovely|delightful|kind words|drama|rant|novel|lecture|poem"
            r"|wisdom|insults|tantrum|essay|entertainment))"
        ),
        (
            r"how (?:very )?(?:original|lovely|surprising|mature|grown-up|charming|convenient|brave|clever"
            r"|touching|dramatic)"
        ),
        r"congratulations(?!,? (?:on|to|for) (?:your|the) (?:wedding|birth|baby|new|engagement|anniversary))",
        r"good luck (?:with|finding|getting)",
        r"bless (?:your|you)(?: heart)?",
        r"what a (?:surprise|shock|tragedy|shame for you|drama)",
        r"nice try",
        r"(?:well done|bravo),? (?:sherlock|genius|you)",
        r"yeah,? (?:right|sure)",
        r"oh,? (?:really|please|come on|dear|wow|no,)",
        r"poor (?:you|thing|baby|little)",
        r"boo[ -]?hoo",
        r"cry(?: us)? (?:me )?a river",
        (
            r"(?:sorry|apologi[sz]e)(?: that| if| for)? (?:the (?:whole )?world|reality|life"
            r"|we are not perfect|not being (?:perfect|mind|psychic)|breathing|existing|your (?:majesty"
            r"|highness))"
        ),
        r"your (?:majesty|highness|lordship)",
        r"(?:feel|feeling) better now",
        r"so-called",
        r"self-proclaimed",
        r"(?:as|like) if (?:we|anyone|anybody) (?:had|has|cares?|would)",
        r"(?:lol|lmao|rofl|haha|ha ha|hahaha|hehe|yawn|duh)",
        r"first[- ]world problems?",
        r"what(?: else)? (?:shall|should|do you want) (?:we|us to) (?:do|say),? (?:cry|dance|kneel|beg)",
        r"(?:glad|happy|delighted) (?:we|to) (?:could )?(?:entertain|amuse)",
        r"surely you",
        r"mind[- ]?read(?:er|ers|ing)",
        r"crystal ball",
        r"next you(?:'ll| will)",
        r"imagine (?:that|our surprise)",
        r"must be (?:nice|hard|tough) (?:being|to be|for you)",
        r"perhaps you(?:'d| would) (?:like|prefer) (?:us )?to",
        r"with your (?:vast|great|immense|infinite) \w{2,15}",
        r"since you(?:'re| are) (?:such |obviously |clearly )(?:an? )?(?:expert|specialist|genius)",
    ),
    LintRule.INSULT: (
        (
            r"(?:you(?:'re| are)|you) (?:such |just |nothing but |all |really |so |clearly "
            r"|being )*(?:an? )?(?:idiots?|morons?|liars?|lying|trolls?|clowns?|fools?|stupid|pathetic"
            r"|ridiculous|crazy|insane|ignorant|lazy|cheap|rude|dishonest|pitiful|losers?|crooks?|thief"
            r"|thieves|cowards?|jokes?|childish|hysterical|a pain)"
        ),
        (
            r"(?:idiots?|morons?|imbeciles?|scumbags?|losers?|crybaby|crybabies|keyboard warriors?"
            r"|nutcases?|lunatics?|whiners?)"
        ),
        (
            r"(?:ridiculous|pathetic|stupid|idiotic|childish|laughable|moronic"
            r"|dishonest) (?:\w{2,15} )?(?:review|comment|post|complaint|accusation|accusations|behaviou?r"
            r"|rant|lie|lies|claim|claims|nonsense|story)"
        ),
        (
            r"(?:your|these|this|those) (?:\w{2,12} )?(?:lies|nonsense|bullshit|crap|rubbish|whining"
            r"|drivel|garbage|moaning|tantrum)"
        ),
        r"(?:shut up|get lost|get a life|grow up|piss off|go away|get over (?:it|yourself))",
        r"(?:shame on you|you should be ashamed|you make (?:me|us) sick)",
        r"(?:people|customers|someone|somebody) like you",
    ),
}
