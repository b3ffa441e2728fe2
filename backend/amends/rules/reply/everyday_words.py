"""Everyday words, which tell nothing of what a text is about, by the stems of their first letters.

Long words of everyday speech alone: short ones tell nothing anyway. What nearly every complaint says (an
order, a customer, a service) is common here, too.
"""

STEM = 6
"""Letters by which two words are the same one: livraison and livraisons, deliver and delivery."""

ENGLISH = """
about above after again almost alone along already although always among another anybody anyone anything
asked asking away became because become before began begin being believe better between bring business
came cannot certain change check clear coming company complete contact could customer customers days
decide different doing during early either email enough even every everybody everyone everything exactly
expect experience explain family first found friend friends full getting given gives going gone good
great happen happened having hello help here hope hours however important inside instead issue keep kept
know known large later least leave left letter like little long look looking made make makes making many
matter maybe means mention message might minute minutes moment month months more morning most much must
myself need needed never nobody nothing number often once only open order ordered others ourselves people
perhaps person please point possible post pretty probably problem problems product promise question quite
rather read ready really reason receive received reply response right same says second seem seems send
sense sent several shall share short should showed simple simply since situation small somebody someone
something sometimes soon sorry start started starts state still stop such sure take taken takes taking
talk team tell thank thanks that their them themselves then there these they thing things think this
those though thought through time times today together told tomorrow took total toward tried trying turn
under understand until upon used useful using usual usually various very wait waited waiting want wanted
week weeks well went were what whatever when where whether which while whole whose will with within
without word words work worked working world would write writing written wrote year years yesterday your
yours yourself
"""
FRENCH = """
absolument accord actuellement afin ainsi alors année années appel appelé appeler apporter apprendre
après aucun aucune aujourd’hui auprès aussi aussitôt autant autre autres avaient avant avec avoir avons
beaucoup besoin bien bientôt bonjour bonsoir cause cela celle celui certain certaine certains chacun
chaque cher chercher chez chose choses client clients cliente clientèle combien comme commence commencer
commencé commencent comment commande commander complètement comprendre compris compte concernant
connaître continuer contre cordialement croire croyez dans déjà demain demande demandé demander depuis
dernier dernière désolé désolée désolés devant devenir devoir dire directement disent donc donner donné
doute début écrire écrit effet également encore enfin ensemble ensuite entendre entendu entre entreprise
envie environ équipe erreur essayer espère étaient étais était étant état être explique expliquer exemple
façon faire fait faites fallait faut façons finir fois font général généralement gens grand grande grave
groupe habitude heure heures heureux histoire hier hors ici idée impossible important importe jamais jour
journée jours jusqu jusque juste laisse laisser leur leurs lire long longtemps lorsque madame maintenant
mais malgré malheureusement manière matin mauvais mauvaise meilleur même mercredi merci message mettre
mieux minute minutes moins mois moment monde monsieur montre montrer navré navrés nombre normal
normalement notre nouveau nouvelle numéro obtenir occasion parce parfait parfois parler parle parmi
parole part partie partir passe passé passer pendant penser pense perdre permet permettre personne
personnes petit petite peut peuvent place plaisir plupart plusieurs plutôt point possible pourquoi
pourrait pourriez pouvez pouvoir premier première prendre presque prêt prévu problème problèmes produit
proposer publication puis puisque quand quant quel quelle quelque quelques quelqu question quoi raison
recevoir reçu regarder regard rendre répondre répond réponse reprendre reste rester retrouver réussir
revenir rien sait salut sans savoir savez semaine semaines semble sembler sens sentir sera serait seriez
service services servir seul seule seulement signaler simple simplement site situation soir sont sorte
souhait souhaite souhaitez soyez souvent suite suis suivant suivre sujet super sûr surtout tandis tant
tard tellement temps tenir tente terme tient tirer tomber totalement toujours tour tous tout toute toutes
traiter travail travers très trois trop trouver trouve truc utiliser utilise vais valoir venir vendredi
vers veuillez veux viens voici voilà voir voire vont votre voulez vouloir voulu voyez vraiment
"""
"""By hand: the most frequent words of each language with five letters or more, and those of complaints."""
