"""French wording to avoid in a reply; one phrase a line, without accents."""

from collections.abc import Mapping, Sequence

from amends.rules.reply.reply_lint.findings import LintRule

WORDING: Mapping[LintRule, Sequence[str]] = {
    LintRule.DEFENSIVE: (
        (
            r"(?:comme|tel que|ainsi qu')(?: il est| c'est)? ?(?:clairement )?(?:indique|precise|ecrit"
            r"|stipule|mentionne|affiche|annonce)e?s?(?: clairement)? (?:dans|sur|en|a|au|aux)"
        ),
        (
            r"(?:nos|notre|les|le) (?:conditions|cgv|reglement|politique|site|faq|regles)… (?:(?:sont|est"
            r"|restent?)(?: tres| parfaitement| pourtant)? claire?s?|precisent?|stipulent?|indiquent?"
            r"|disent?|s'appliquent?|prevoit|prevoient)"
        ),
        r"(?:personne|aucun client|aucune cliente|nul)(?: d'autre| autre)?(?: ne| n')",
        (
            r"(?:nous|on|je) (?:n'avons|n'ai|n'a)… jamais… (?:eu|recu|entendu|vu|rencontre)… (?:plaintes?"
            r"|problemes?|reclamations?|soucis?|incidents?|remarques?|cela|ca|genre|pareille?s?)"
        ),
        r"c'est (?:bien )?la premiere fois qu",
        (
            r"(?:tous|la plupart|la majorite|des milliers|des centaines)(?: de| des)? (?:nos "
            r"|les )?(?:autres )?(?:clients|clientes|convives|utilisateurs)"
        ),
        r"(?:nos|les) autres (?:clients|convives|utilisateurs|clientes)",
        (
            r"(?:c'est|ceci est|cela est|ce que vous \w{2,12} est) (?:tout simplement |simplement "
            r"|totalement |completement |absolument )?(?:faux|inexact|mensonger|injuste|errone"
            r"|de la mauvaise foi)"
        ),
        (
            r"(?:vos|ces|votre|cette) (?:\w{3,15} )?(?:accusations?|affirmations?|allegations?"
            r"|propos) (?:sont|est) (?:\w{3,14} )?(?:fauss?e?s?|inexactes?|infondees?|mensongeres?"
            r"|injustes?|excessifs?|exagerees?)"
        ),
        r"n'(?:y )?(?:sommes|suis|est|etions)(?: absolument| vraiment)? pour rien",
        (
            r"(?:nous|je) (?:ne )?(?:sommes|suis)(?: absolument)? (?:pas|nullement"
            r"|aucunement) (?:responsables?|en tort|coupables?|fautifs?)"
        ),
        (
            r"n'est (?:pas|nullement|en rien|aucunement) (?:de )?(?:notre|de notre) (?:faute|responsabilite"
            r"|probleme|ressort|fait|erreur)"
        ),
        r"independante?s? de notre volonte",
        (
            r"(?:nous|on|je) (?:n'y |ne )?(?:pouvons|pouvions|peut|puis|peux) (?:y "
            r"|malheureusement )?(?:rien|pas)(?: y)?(?: faire| changer| de plus)?(?=[ .,;!])(?! (?:vous"
            r"|lire|voir|retrouver))"
        ),
        r"sauf (?:votre|le) respect",
        r"(?:a|pour) (?:notre|ma) decharge",
        r"pour (?:notre|ma) defense",
        r"rien a (?:nous|me|se) reprocher",
        (
            r"(?:nous|je) (?:contestons|conteste|refutons|refute|ne partageons pas (?:votre|cet|cette)"
            r"|ne sommes pas d'accord|dementons|rejetons)"
        ),
        (
            r"(?:respecte|suivi|applique)e?s? (?:scrupuleusement |bien |toutes? )?(?:nos|les|la"
            r"|notre) (?:procedures?|reglementation|consignes|regles|normes)"
        ),
        r"(?:tout a fait|parfaitement) (?:normal|normaux|normale|clair|claire|conforme|conformes)",
        (
            r"(?:votre|vos) (?:exigences?|ton|attentes?)… (?:excessive?s?|irrealistes?|deplaces?"
            r"|inacceptables?|demesurees?)"
        ),
        (
            r"(?:nos|notre) (?:equipes?|serveurs?|salaries)… (?:travaillent?|se demenent?|font"
            r"|fait) (?:tres )?(?:dur|d'arrache-pied|beaucoup|de leur mieux|le maximum)"
        ),
    ),
    LintRule.EMPTY_PROMISE: (
        (
            r"(?:fai(?:re|sons|t|tes)|fer(?:ons|ai|a)|mett(?:re|ons|rons|ra)|mis|met)… (?:tout )?(?:notre "
            r"|le |l'|mon |tout |leur )?(?:possible|necessaire|maximum|impossible|mieux|en oeuvre"
            r"|en œuvre)"
        ),
        r"de (?:notre|mon|leur) mieux",
        (
            r"(?:ne|n') ?(?:se )?(?:re)?(?:produi(?:ra|se|ront|sent)|arrivera|passera|aura"
            r"|surviendra)(?: plus| jamais| pas)+"
        ),
        r"plus jamais",
        (
            r"(?:nous|on|je|j'|equipe|collegues?|reviendr\w{2,4}|rembours\w{2,6}|rappel\w{2,6}"
            r"|repond\w{2,5}|trait\w{2,5}"
            r"|recontact\w{2,6})… (?:[a-z']{1,20} ){0,8}?(?:dans les (?:meilleurs|plus brefs) delais"
            r"|au plus (?:vite|tot)|des que (?:possible|nous (?:pouvons|le pouvons|pourrons))"
            r"|(?:tres )?(?:prochainement|rapidement|bientot)|sous peu|le plus (?:vite|rapidement"
            r"|tot) possible|aussi vite que possible|incessamment)"
        ),
        r"(?:dans les (?:meilleurs|plus brefs) delais)",
        (
            r"(?:veillerons|veillons|veiller|assurerons|assurons|garantissons|engageons"
            r"|promettons)… (?:a ce qu[e']|qu[e']|que (?:cela|ca)|a (?:faire mieux|nous ameliorer"
            r"|vous satisfaire))"
        ),
        r"(?:soyez|rester?) (?:assure|certain|sur)e?s?",
        (
            r"(?:prenons|prendrons|prise?|avons pris|prends)… (?:bonne note|note|tres au serieux"
            r"|au serieux|en compte|en consideration)"
        ),
        (
            r"(?:nous efforcerons|nous efforcons|tacherons|essaierons|essayerons|tenterons"
            r"|esperons) (?:de )?(?:faire mieux|nous ameliorer|ameliorer|resoudre|vous satisfaire"
            r"|y remedier|regler)"
        ),
        r"(?:nous )?y travaillons",
        r"(?:ameliorerons|progresserons|ferons mieux)",
    ),
    LintRule.BLAME: (
        (
            r"vous (?:auriez|aviez|n'auriez)(?: pas)?(?: bien)? (?:du|pu|qu'a|mieux fait)(?! (?:recevoir"
            r"|etre|avoir|trouver|profiter|passer un|manger))"
        ),
        (
            r"il (?:fallait|suffisait|aurait fallu|suffit)(?: de| que vous)?(?: \w{2,14})? ?(?:lire"
            r"|demander|verifier|prevenir|appeler|suivre|regarder|cliquer|reserver|nous \w{4,12}"
            r"|vous \w{4,12}|signaler|dire)"
        ),
        (
            r"si vous (?:nous |l'|le |la |vous )?(?:aviez|etiez)(?: seulement| simplement| bien"
            r"| pris la peine)? ?(?:lu|demande|verifie|suivi|appele|ecoute|regarde|prevenu|de lire"
            r"|renseigne|adresse|respecte)e?s?"
        ),
        r"n'aviez qu'a",
        (
            r"(?:c'est|etait|est|sont|serait)(?: entierement| clairement| simplement"
            r"| bien)? (?:de )?(?:votre|de votre)(?: propre)? (?:faute|fait|erreur|responsabilite|probleme"
            r"|choix)"
        ),
        r"(?:erreur|faute|negligence|oubli|maladresse|mauvaise \w{4,14}) de votre part",
        r"erreur (?:d'utilisation|de manipulation)",
        (
            r"vous n'avez (?:\w{2,8} )?(?:pas|jamais|meme pas|manifestement pas"
            r"|visiblement pas)(?: \w{2,10})? (?:lu|suivi|respecte|verifie|compris|ecoute|demande|prevenu"
            r"|appele|signale|precise|pris la peine|regarde|contacte|daigne|cherche|repondu)"
        ),
        r"vous ne nous avez (?:pas|jamais) \w{3,12}",
        (
            r"vous (?:l'|les |la |le )?(?:avez|aviez) (?:manifestement|visiblement|clairement|evidemment"
            r"|sans doute|surement|certainement|probablement) \w{2,14}"
        ),
        (
            r"vous (?:avez|aviez) (?:mal|vous-meme|oublie|omis|choisi de|refuse de|neglige"
            r"|commande la mauvaise|commande le mauvais|saisi la mauvaise|saisi un mauvais|casse|abime"
            r"|exagere)"
        ),
        r"vous vous etes (?:trompe|enerve|emporte)\w{0,2}",
        (
            r"vous (?:exagerez|vous trompez|avez tort|ne savez pas|ne comprenez (?:pas|rien)|faites erreur"
            r"|etes de mauvaise foi)"
        ),
        (
            r"(?:comme|ainsi que)? ?(?:nous|on|je) (?:vous )?(?:l'|le |les )?(?:avons|a|ai) (?:deja"
            r"|maintes fois|plusieurs fois|pourtant) (?:\w{2,8} )?(?:dit|repete|explique|ecrit|indique"
            r"|repondu|prevenu|precise|informe)e?s?"
        ),
        r"pour la (?:derniere|enieme|centieme|troisieme) fois",
        r"combien de fois",
        r"(?:encore une fois|une fois de plus),? (?:nous|vous|les|nos|la|le|merci)",
        r"si (?:cela|ca) ne vous (?:plait|convient) pas",
        r"personne ne vous (?:a )?(?:oblige|force|retient)",
        r"vous vous attendiez a quoi",
        (
            r"(?:la )?prochaine fois,? (?:merci de |veuillez |pensez a )?(?:lire|lisez|verifi\w{2,3}"
            r"|reflech\w{2,5}|demand\w{2,3}|suiv\w{2,3}|prevenez|nous prevenir)"
        ),
        r"apprenez a",
    ),
    LintRule.SARCASM: (
        (
            r"merci pour (?:rien|(?:votre|ce|cette|vos|ces) (?:\w{2,12} )?(?:charmante?s?|delicieuse?x?"
            r"|gentillesse|roman|lecon|poeme|sagesse|insultes|drame|prose|amabilite|amabilites|spectacle"
            r"|divertissement|compliments?))"
        ),
        (
            r"(?:bravo|felicitations|chapeau)(?! (?:a toute l'equipe|pour (?:votre|vos|la|le) (?:mariage"
            r"|naissance|anniversaire|reussite|nouvelle|nouveau|diplome|bebe)))"
        ),
        (
            r"quel(?:le)? (?:talent|surprise|dommage pour vous|drame|courage|originalite|imagination"
            r"|tragedie|elegance|finesse|perspicacite|maturite)"
        ),
        r"comme c'est (?:original|mignon|charmant|surprenant|courageux|pratique|touchant|commode)",
        r"bon(?:ne)? (?:chance|courage) (?:avec|pour trouver|dans|chez|ailleurs|pour la suite)",
        r"c'est (?:cela|ca),? oui",
        r"(?:mais )?bien sur,? (?:voyons|bien sur|c'est toujours|tout le monde|puisque)",
        r"a d'autres",
        r"(?:pauvre|petit)(?:e)? (?:vous|chou|chouchou|bichon|cherie?)",
        (
            r"(?:desole|pardon|navre)e?s?,? (?:de|d') ?(?:ne pas etre (?:parfaits?|devins?|magiciens?"
            r"|telepathes?)|exister|respirer|vous decevoir a ce point|ne pas lire dans)"
        ),
        r"(?:votre|sa) (?:majeste|altesse|grandeur|seigneurie)",
        r"(?:ca|cela) va mieux(?: maintenant)?,? (?:maintenant|non)?",
        r"soi-disant",
        r"pretendue?s? (?:client|cliente|experience|probleme|defaut|expert|experte|attente)",
        r"(?:mdr|ptdr|lol|haha|ha ha|hahaha|hihi|xd)",
        r"(?:grand|fin) (?:connaisseur|specialiste|gourmet|seigneur)",
        r"(?:du haut de|avec) (?:votre|vos) (?:grand|immense|vaste|infinie?)\w{0,2}",
        r"boule de cristal",
        r"lire dans (?:vos|les) pensees",
        r"vous faut-il (?:aussi|encore)",
        r"(?:voulez|vouliez|desirez)-vous (?:aussi|egalement|peut-etre) (?:qu|que|un tapis|le|la)",
        r"on (?:croit rever|aura tout (?:vu|lu|entendu))",
        r"(?:heureux|ravis|content) (?:de|d') ?(?:vous avoir (?:diverti|amuse|distrait))",
        r"snif|ouin[ -]?ouin",
        (
            r"la prochaine fois,? (?:on|nous) (?:\w{2,12} )?(?:deroulera|deroulerons|sortira|sortirons"
            r"|appellera|engagera)"
        ),
        r"tant qu'a faire",
        r"et puis quoi encore",
        r"(?:mon|ma) (?:bon|bonne|cher|chere|pauvre|petite?) (?:monsieur|madame|dame|ami|amie)",
    ),
    LintRule.INSULT: (
        (
            r"vous (?:etes|n'etes qu'|n'etes que)(?: vraiment| juste| qu'| que| bien| si| trop)* ?(?:une? "
            r"|des )?(?:idiote?s?|imbeciles?|menteu(?:r|rs|se|ses)|trolls?|clowns?|ridicules?|pathetiques?"
            r"|folle|fou|ignorante?s?|malhonnetes?|radins?|pingres?|pitoyables?|voleu(?:r|rs|se|ses)"
            r"|laches?|minables?|aigrie?s?|hysteriques?|mechante?s?|stupides?|betes?|grossier|grossiere"
            r"|capricieu(?:x|se)|malpolie?s?)"
        ),
        (
            r"(?:idiots?|imbeciles?|cretins?|abrutis?|menteurs?|debiles?|rageux|connards?|boulets?|haters?"
            r"|pleurnich\w{2,6}|escrocs?)"
        ),
        (
            r"(?:avis|commentaires?|accusations?|critiques?|propos|remarques?|plaintes?|reclamations?"
            r"|attitude|comportement) (?:\w{2,12} )?(?:ridicules?|pathetiques?|stupides?|debiles?"
            r"|grotesques?|minables?|puerils?|idiote?s?|pitoyables?|lamentables?|imbeciles?|risibles?)"
        ),
        (
            r"(?:vos|ces|tes|votre) (?:\w{2,12} )?(?:mensonges?|aneries?|betises|sottises|inepties"
            r"|jeremiades|conneries|pleurnicheries|caprices?|cinema|delires?|idioties)"
        ),
        (
            r"(?:n'importe quoi|taisez-vous|allez voir ailleurs|allez vous faire|fichez|foutez|la ferme"
            r"|grandissez un peu)"
        ),
        r"(?:honte a vous|vous devriez avoir honte|vous nous (?:fatiguez|degoutez))",
        r"(?:les )?(?:gens|clients|personnes) comme vous",
    ),
}
