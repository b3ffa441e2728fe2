"""French phrases that promise, invite, regret or offer; one a line, without accents."""

from amends.rules.reply.reply_lint.french_wording import WORDING
from amends.rules.reply.reply_lint.phrases import Phrases

US = (
    r"(?:nous|on|je|j'|notre equipe|l'equipe|notre \w{3,14}|quelqu'un|une? collegue|\w{2,14} de (?:notre"
    r"|l')\w{0,8} ?\w{2,14})"
)
TO_YOU = r"(?:(?:vous|nous|le|la|les|lui|leur|y|en|m'|l'|t'|te) ?){0,3}"
FUTURE_STEM = (
    r"(?:rembourser|enverr|reenverr|renverr|expedier|changer|echanger|remplacer|rappeller|appeller"
    r"|telephoner|ecrir|repondr|recontacter|contacter|reviendr|tiendr|reparer|corriger|resoudr|regler"
    r"|verifier|chercher|crediter|livrer|relivrer|mettr|publier|transmettr|donner|dir|rendr|annuler"
    r"|modifier|retirer|ouvrir|rouvrir|offrir|fer|trouver|parler|informer|confirmer|deposer|passer)"
)
FUTURE = rf"{FUTURE_STEM}(?:ons|ai|a|ont)"
TO_DO = (
    r"(?:rembourser|envoyer|renvoyer|reexpedier|expedier|changer|echanger|remplacer|rappeler|appeler"
    r"|telephoner|ecrire|repondre|recontacter|contacter|revenir|tenir|reparer|corriger|resoudre|regler"
    r"|verifier|chercher|crediter|livrer|relivrer|mettre|publier|transmettre|donner|dire|rendre|annuler"
    r"|modifier|retirer|ouvrir|rouvrir|faire|trouver|parler|informer|confirmer)"
)
REVIEW = (
    r"(?:(?:votre|l'|cet|le|ce|vos|la|cette) ?(?:\S{1,15} ){0,1}(?:avis|note|commentaire|message public"
    r"|publication|post|evaluation|etoiles?|critique|tweet)|(?:cinq|quatre|5|4) etoiles?)"
)

LOUD = frozenset(
    [
        "assez", "aucun", "aucune", "desole", "encore", "faux", "gratuit", "interdit", "jamais", "lire",
        "lisez", "maintenant", "mensonge", "non", "obligatoire", "pas", "pourquoi", "qui", "quoi", "rien",
        "seulement", "stop", "toujours", "tous", "tout", "tres", "votre", "vous", "vraiment"
    ]
)  # fmt: skip
"""Words that shout alone, in capitals."""
FRENCH = Phrases(
    wording=WORDING,
    vows=(
        rf"{US} {TO_YOU}{FUTURE}",
        rf"(?:vous|vous l'|vous le|vous la|vous les|vous en) ?{FUTURE_STEM}(?:a|ont)",
        rf"{FUTURE_STEM}(?:ons|ai)(?= (?:le|la|les|votre|vos|une?|des|cela|ca|a|en|par|l'))",
        rf"(?:nous|on|je|j'|equipe) ?(?:allons|va|vais) {TO_YOU}{TO_DO}",
        r"(?:nous )?(?:promettons|promets|engageons)(?: a| de| que| a vous)",
        (
            r"vous (?:recevrez|aurez|serez|pourrez retirer|retrouverez)(?: \w{2,12}){0,3}? (?:le|la|les|un"
            r"|une|votre|vos|rembourse\w{0,3}|livre\w{0,2}|rappele\w{0,2}|contacte\w{0,2}|credite\w{0,2}"
            r"|reponse)"
        ),
        (
            r"(?:sera|seront|serez|va etre|vont etre)(?: \w{2,14})? (?:rembourse|envoye|remplace|expedie"
            r"|livre|corrige|repare|credite|regle|change|verse|effectue|echange|rappele|contacte|ouvert"
            r"|mis|faite?|disponible|resolu)e?s?"
        ),
    ),
    vows_when_dated=(
        (
            rf"(?:nous|on|je|j'|equipe|collegue) ?{TO_YOU}(?:rappel\w{{1,4}}|appel\w{{1,4}}|envo\w{{1,5}}"
            rf"|rembours\w{{1,4}}|repond\w{{1,4}}|revien\w{{1,3}}|revenons|expedi\w{{1,4}}|livr\w{{1,4}}"
            rf"|remplac\w{{1,5}}|corrige\w{{0,4}}|publi\w{{1,4}}|contact\w{{1,4}}|ecri\w{{1,5}}"
            rf"|donn\w{{1,4}}|telephon\w{{1,4}}|serons|aurons|passons|passe|reparons)"
        ),
        (
            r"(?<!notre )(?<!votre )(?:part|partent|arrive|arrivera|repart|partira|attendue?|prevue?"
            r"|repasse|parviendra|sera|seront|serez)"
        ),
        r"nous \w{2,14}rons",
        r"vous \w{2,14}rez",
        r"vous pouvez compter sur",
    ),
    invites=(
        (
            r"(?:ecri(?:vez|re)|re?contact(?:ez|er)|contact(?:ez|er)|rappel(?:ez|er)|prevenez|signalez"
            r"|appel(?:ez|er)|joi(?:gnez|ndre)|rejoi(?:gnez|ndre)|telephon(?:ez|er)|repond(?:ez|re)"
            r"|envo(?:yez|yer)|adress(?:ez|er)|parl(?:ez|er)|laiss(?:ez|er)|transmett(?:ez|re)|donn(?:ez"
            r"|er)|indiqu(?:ez|er)|confi(?:ez|er)|pass(?:ez|er)|dites|retrouv(?:ez|er))-(?:nous|moi|m'en"
            r"|nous-en)"
        ),
        (
            r"(?:nous|m'|me) ?(?:ecrire|contacter|joindre|appeler|rejoindre|telephoner|repondre|envoyer"
            r"|adresser|parler|transmettre|donner|laisser|passer|rendre visite|retrouver)"
        ),
        (
            r"(?:en|par|via|message|messagerie|voie|lieu|canal|lien|page) (?:message |messagerie "
            r"|mp )?priv\w{1,2}"
        ),
        (
            r"(?:en|par|via|au|un|nos|notre|votre) (?:mp|dm|mail|e-mail|courriel|telephone|message direct"
            r"|messagerie|tchat|chat|messages prives)(?! (?:etait|a ete|est faux))"
        ),
        r"(?:notre|nos|ma) (?:porte|messagerie|boite|ligne|mp|dm|messages)… (?:est|sont|reste|restent)",
        r"prenez contact",
        (
            r"(?:a|au|le|sur|ici|via|est) (?:https?://\S{1,200}|www\.\S{1,200}|\S{1,40}@\S{1,60}"
            r"|0\d(?: ?\d\d){4})"
        ),
        r"\{private_place\}",
        r"(?:parlons-en|discutons-en|echangeons|parlons en|ecrivez (?:a|au|sur))",
        r"(?:venons|viens) de vous (?:ecrire|envoyer)",
        r"avons (?:vous )?(?:ecrit|envoye) (?:un )?(?:message|mp|mail)",
        r"(?:pouvons|peut|puis)-(?:nous|on|je) vous (?:appeler|ecrire|joindre)",
    ),
    theirs=(
        (
            r"(?:votre|vos) (?:\w{2,12} )?(?:e-?mail|mail|courriel|adresse|numero|telephone|portable"
            r"|mobile|compte|carte|iban)"
        ),
        (
            r"(?:vous|l'|l|la|le|lui|leur) ?(?:avons|ai|a)? ?(?:joindre|rappeler|appeler|ecrire|appelee?"
            r"|ecrit|envoyee?s?|contactee?|rappelee?|joint|telephone)(?: \w{2,12}){0,2} (?:au|a l'|a"
            r"|sur le|sur)(?! (?:nouveau|votre tour))"
        ),
        r"(?:au nom de|livree? a|livree? chez|domiciliee?|habitant|enregistree? (?:sous|au))",
    ),
    regrets=(
        (
            r"(?:toutes|sinceres?|plus plates|nos|mes|mille|accepter|presentons?|presente|presenter"
            r"|vous devons|agreer)… excuses"
        ),
        r"(?:nous nous|je m'|m'|nous) ?excus(?:ons|e)",
        (
            r"(?:vraiment|sincerement|tellement|profondement|tres|infiniment|extremement|terriblement"
            r"|absolument)(?: \w{2,12})? (?:desole|navre|confus)e?s?(?! (?:que vous (?:ressentiez"
            r"|le preniez|soyez)|de (?:lire|voir|constater|vous lire|apprendre)))"
        ),
        (
            r"(?:sommes|suis|etions) (?:desole|navre|confus)e?s?(?:[.!]|$| pour (?:ce|cet|cette|la|le|les"
            r"|nos|notre|tout)| de (?:notre|nos|cette|ce|la|vous avoir))"
        ),
        r"(?:c'est|cela est|c'etait)(?: entierement)? (?:de )?notre (?:faute|erreur)",
        r"(?:demandons?|demande) (?:\w{2,6} )?pardon",
        r"pardonnez-nous",
        r"(?:avons|sommes) (?:eu tort|fautifs|en tort|commis une (?:erreur|faute))",
        r"(?:avons|ai) (?:commis une (?:erreur|faute)|failli|mal fait)",
        r"(?:notre|cette) erreur est impardonnable",
    ),
    gifts=(
        (
            r"(?:bons?(?: d'achat| de reduction| cadeau)?|remise|reduction|ristourne|cadeau"
            r"|geste(?: commercial)?|rembours\w{2,7}|un avoir|dedommag\w{2,6}|compensation|offr\w{1,5}"
            r"|offerte?s?|gratuite?(?:ment|s)?|code promo|credit|recompense|surclassement|\d{1,2} ?%"
            r"|\d{1,4} ?(?:euros?|€)|une surprise|chequ?e?s?(?:-cadeau)?|carte cadeau)"
        ),
    ),
    revisions=(
        (
            rf"(?:chang|modifi|retir|suppr|efface|effac|corrig|enlev|revoi|revoy|reviser|revis|mett|met|mis"
            rf"|amelior|remont|relev|augment|repren|ajust|rectifi)\w{{0,8}}… (?:a jour |les? |en )?{REVIEW}"
        ),
        (
            rf"{REVIEW}… (?:est|soit|sera|etait|a ete)? ?(?:change|modifie|retire|supprime|efface|corrige"
            rf"|enleve|revu|mis a jour|ameliore|disparu|disparait|passe a)e?s?"
        ),
        (
            r"(?:cinq|quatre|5|4|meilleure?|bon|bonne|nouvel|bel|gentil|joli) ?(?:etoiles?|note|avis"
            r"|commentaire|evaluation)"
        ),
    ),
    conditions=(
        (
            r"(?:si|des que|quand|lorsque|une fois|apres|en echange|en contrepartie|en retour|alors|contre"
            r"|a condition|pour cela|en remerciement|acceptez-vous|pourriez-vous|pouvez-vous|il suffit"
            r"|au moment ou|sous reserve|moyennant)"
        ),
    ),
    loud=LOUD,
    days={
        "aujourd'hui": "0",
        "ce matin": "0",
        "ce midi": "0",
        "cet apres-midi": "0",
        "ce soir": "0",
        "dans la journee": "0",
        "fin de journee": "0",
        "fin de la journee": "0",
        "dans l'heure": "0",
        "apres-demain": "2",
        "demain": "1",
        "fin de semaine": "week",
        "fin de la semaine": "week",
        "cette semaine": "week",
        "dans la semaine": "week",
        "le week-end": "week",
        "le weekend": "week",
        "ce week-end": "week",
        "semaine prochaine": "next_week",
        "fin du mois": "month",
        "fin de mois": "month",
        "ce mois-ci": "month",
        "lundi": "mon",
        "mardi": "tue",
        "mercredi": "wed",
        "jeudi": "thu",
        "vendredi": "fri",
        "samedi": "sat",
        "dimanche": "sun",
    },
)
