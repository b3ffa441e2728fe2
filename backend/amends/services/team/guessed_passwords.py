"""List of common passwords, compared without case, spaces and signs (R-11)."""

_SEEDS = (
    "password motdepasse passphrase administrator administrateur letmeinplease changemeplease changemenow "
    "welcometowork bienvenuechez iloveyouforever jetaimemonamour qwertyuiop qwertyuiopasdf azertyuiop "
    "azertyuiopqsdf qwertzuiop asdfghjklzxcvbnm qsdfghjklmwxcvbn zxcvbnmasdfghjkl abcdefghijkl "
    "abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdabcdabcd 123456789012 1234567890 12345678901234567890 "
    "0123456789012 012345678910 987654321098 123123123123 121212121212 112233445566 123454321234 "
    "1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 1q2w3e4r5t6y 1a2b3c4d5e6f qwerty123456 azerty123456 "
    "password1234 passwordpassword motdepassemotdepasse passw0rdpassw0rd p4ssw0rdp4ssw0rd p455w0rdp455w0rd "
    "secretsecret supersecret supersecretpassword mysecretpassword monmotdepasse mypassword mypasswordis "
    "thisismypassword ceciestmonmotdepasse defaultpassword temporarypassword testpassword testtesttest "
    "correcthorsebatterystaple trustno1trustno1 letmeinletmein openopenopen sesameouvretoi opensesame "
    "administration superadministrator adminadminadmin rootrootroot useruseruser guestguestguest "
    "customerservice serviceclient customersupport supportclient helpdesk1234 communitymanager "
    "sunshinesunshine princessprincess footballfootball baseballbaseball superman1234 batmanbatman "
    "dragondragon monkeymonkey michaeljordan starwarsstarwars harrypotter manchesterunited liverpoolfc "
    "parissaintgermain olympiquedemarseille chocolatechocolate mercedesbenz november2026 december2026 "
    "summer2026summer winter2026winter printemps2026 iloveyouiloveyou jetaimejetaime loulouloulou "
    "doudoudoudou nicolasnicolas marseille1313 bonjourbonjour hellohellohello helloworld helloworld123 "
    "qwertyqwerty azertyazerty qazwsxedcrfv zaqxswcdevfr asdfasdfasdf abcabcabcabc abc123abc123 "
    "a1b2c3d4e5f6 aaaabbbbcccc 111122223333 11112222333344445555 123412341234 147258369147 159357159357"
)

GUESSED_PASSWORDS = frozenset(_SEEDS.split())
"""Folded words; a password of one of them and a few digits is as common."""
