"""Everyday words that could be read as products: `cost` is no cos(t). Made by tests/make_everyday.py."""

from __future__ import annotations

_TEXT = """
abasing abs absinth absinthe abusing acc accost accosted accosts ace act add adj ado ads adv adz aft age ago aha aid
ail aim air alb albeit albino albs album albums ale alga algae aliasing all alt amalgam amalgams amp amt amu amusing
amusingly analog analogies analogous analogs analogue analogues analogy anarchic anarchism anarchist anarchy and ani
ant any apartheid ape apologia apologias apologies apologist apologize apology app apt arc arch archaeologist
archaeology archaic arched archeologist archeology archer archers archery arches archest arching archive archly
archway are arg arising ark arm art ascot ascots ash asinine ask asp ass ate atm auc auk avg awe awl axe aye baa bad
bag bah ban bar basin basing basins bassinet bassinets bat bay bed bee beg bellboy bellboys bet biasing bib bid big
bilge bilges bin biologist biology bisect bisected bisector bisects bit blatant blatantly blog blogged blogger blogs
boa bob bog bologna boo bop bossiness bossing bot botanist botany bow box boy boycott boycotted boycotts bpm bra brr
bud bug bulb bulbous bulbs bulge bulged bulges bulgier bulging bulgy bum bun bur bus business busing bussing but
butane buy bye bystander bystanders cab cad caftan caftans cal cam can cap car casing casings casino casinos cassino
cassinos castanet castanets cat catgut causing caw cdf ceasing cfg chasing cis clog clogged clogs closing cm cob cod
cog col cologne colognes con consing coo coolness cop cosier cosies cosign cosine cosmic cosmologies cosmologist
cosmology cosmos cost costar costed costly costs cosy cot cote cotes cots cotter cotton cousin cousins cov cow cox
coy cpi creasing cry cub cud cue cuisine cuisines cum cup cur cursing cussing cut dab dad dam day dds dearth dearths
deb debasing deg degrees del den det dew dialog dialogs dialogue dialogues did die dig dim din dip dir dis discos
disinfectant disinfectants disinter dissect dissected dissects dissing distance distanced distances distant
distantly doc doe dof dog don dos dosing dot dousing dowsing doz dpi dry dst dt dub dud due dug duh dullness dulness
dun duo dye ear earshot earth earthed earthen earthier earthing earthly earths earthy easiness easing eat ebb
ecologist ecology eds eel egg ego eke elbow elbows elf elk ell elm emo ems emu encasing end entangle eon epilog
epilogs epilogue epilogues eps era erasing ere erg err esp est etc eulogies eulogize eulogy eve ewe expand expect
expectancy expectant expectantly expel expels expend expert expire expiry expo export expos expose exposing
expressing ext extant eye fad fag fan far farther farthest farthing fat fax fed fee fem fen fentanyl fer few fey fez
fib fie fig filbert fin fir fit fix flog flogged flogs flu fly fn fob foe fog foo fop for foulness fox fro frq fry
ftp fullback fullness fulness fum fun fur fusing fussiness fussing fwd gab gad gag gal gap gas gassing gay gb gdp
gearshift gee gel gem gen geologic geologies geologist geology get gig gin glucose gnu gob god goo goosing got gov
greasiness greasing gum gun gut guy gym gyp had hag hah halberd halogen halogens ham harsh harsher harshest harshly
has hat haw hay hearth hearths hem hen hep her hes hew hex hey hgt hid hie him hip his hissing hit hob hoc hod hoe
hog hologram hop horsing hos hosing hot housecoat housing housings how hrs hub hue hug huh hum hut hwy hz ice icy id
ids idx ifs iii ilk ill illness imp inc ind inexpert inf ink inn inp ins insect insects insecure insincere instance
instanced instances instant instantly instants int inv ion ire irk ism its ivy jab jag jam jar jaw jay jet jib jig
job jocose jocosely jocosity jog jot joy jug juncos jut kaftan kaftans kb keg ken key kg kid kielbasa kielbasy kiln
kilned kilning kilns kilogram kin kissing kit km kwh lab lad lag lam lap lapsing larch larches lasing lat law lax
lay lbs lea leasing led lee leg lei len let lhs lib lid lie lii lim lip lit litanies litany lix lob loc log loge
loges logged logger logic login logins logjam logo logoff logon logons logos logout logp logq logs loosing lop
losing lot lousiness low lox lr lug lvi lxi lye mad mae mailbomb mailbox man map mar march marched marcher marchers
marches marching marsh marshal marshals marshes marshier marshy mas mascot mascots massing mat maw max may mb med
meg meh men mes messiness messing met mew mfg mfr mid mil min missing mix mm mob mod mol mom monarch monarchic
monarchies monarchism monarchist monarchs monarchy moo mop mortgage mos mousiness mousing mow mpg mph ms mse mud mug
mul mum musing musings mussing mustang mustangs mutant mutants nab nag nap narcosis narcotic narcotics nay neg
neologism net new nib nicotine nil nip nit nix nll nod noisiness noising non nor nos nosiness nosing not now ns nth
nub num nun nursing nut oaf oak oar oat obj obs octane odd ode off oft ohm oho ohs oil old one oo op ops opt orb orc
ore our out outgo outgoes outgrew outgrow ova owe owl own pad pal pan pap par parch parched parches parching parsec
parsecs parsing pas passing pat pausing paw pay pct pdf pea pee peg pen pep pepsin per persecute pet pew phasing
phrasing phrasings pie pig pilgrim pillbox pin pip pis pissing pit pittance pittances pkg pleasing pleasingly
pleasings ply pod poi poising pol pop pos posing pot pow pox ppm pre pro prolog prologs prologue prologues prosecute
pry pts pub pug pullback pulsing pun pup pursing pus put pwn pyx qty qua queasiness rad rag raisin raising raisins
ram ran rap rat rattan rattans raw ray rectangle red ref reg regexp regexps rep res resin resinous resins reusing
rev rhs rib ricotta rid rig rim rinsing rip rising rms rob roc rod roe roi rollback rosin rosined rosiness rosining
rosins rot rousing row rpm rps rte rub rue rug rum run rut rye sac sad sag sailboat sap sassing sat satanic satanism
saw sax say scotch scotching scotchs sea search searched searcher searchers searches searching sec secede second
secret secs sect sector sects secure secy see sensing seq set sew sex sexpot sexpots sextant sextants she shotgun
shotguns shy sic sig sim sin since sincere sine sinew sinews sinewy sinful sinfulness sing singe singed singer
singes single singly sings sink sinker sinks sinned sinner sins sinus sip sir sis sit six ski sky slog slogan
slogans slogged slogs sly snr sob sod sol son sop sos sot sousing sow sox soy spa spy sqr src sse ssr sst stance
stances stanch stanching stanchion stand standard standby standbys standing standoff standout stands stank stanza
stanzas starch starched starches starchier starching starchy std str sty sub succotash sue sultan sultana sultanas
sultanate sultans sum sun suntan suntanned suntans sup swarthier swarthy syllogism tab tacos tad tag tailgate
tallness tam tan tandem tandems tang tangle tango tangos tangs tangy tank tanked tanker tanks tanned tanner tannin
tans tansy tap tar tartan tartans tat tax tbs tea teasing tee tel telnet ten tensing tetanus the tho thr thy tic tie
tin tip tit titan titanic titanium titans tmp tocsin tocsins toe tog tol tollgate tom ton too toolbar toolbars
toolbox top tor tossing tot tow toy trilogies trilogy trisect trisected trisects try tsp tst tub tug tun tux two ugh
ulna ulnae ulnas ump unearth unearthed unearthing unearthly unearths uneasiness untangle ups upstanding urn
urologist urology use using val van var vat vec vel versing vet vex via vib vie vii vim viscosity vising viz vol vow
vulgar wad wag walnut walnuts wan war warship warships warthog warthogs was wax way wd web wed wee wen wet wgt who
why wig win wit wiz woe wok won woo wot wow wry wts xci xii xiv xix xor xvi xxi xxv xxx yak yam yap yaw yea yen yep
yes yessing yet yew yip yon you yrs yuk yum yup zap zed zen zip zit zoo zoologist zoology
"""
WORDS = frozenset(_TEXT.split())
