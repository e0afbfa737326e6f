#!/usr/bin/env python3
"""Makes the place tables of the codebook from GeoNames tables.

    tools/make_places.py GAZETTEER-FOLDER codebook/places

Reads cities5000.txt, cities1000_2016.csv, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt and
shapes_simplified_low.txt; writes places.tsv (towns), villages.tsv (the rest of cities1000_2016.csv), districts.tsv,
provinces.tsv and countries.tsv. Same input, same output: rows are sorted by GeoNames id, villages, which have none, by
country and name. regions.tsv in the same folder is written by hand.

What is decided here:
  alternates   Latin letters only, one to four words, no all-capitals (airport codes), none that
               folds to the name itself or is an English word or a large town elsewhere; at most
               MAX_ALT of a town, the more English-looking first, TOWN_ALT before them
  provinces    GeoNames gives no coordinates: the middle of the box around their towns, a few outliers
               left out, else the country's place; "alternates" are the name without its suffix, the ASCII name
  villages     not those of a town of the same name within 10 km, nor English words; the table has no
               population: "1000" says that it is small
  districts    at their seat (PPLA2), else the mean of their towns, else as district_points.tsv beside this program
               says (population "1000"), else the province's place (population 0); without "District" and the like in states whose districts the news names (WITH_DISTRICTS); with
               it where a town of the state has the name
  countries    country_points.tsv beside this program, else the middle of the outline's largest part when
               it lies inside, else the capital
"""
import csv
import json
import os
import re
import sys
import unicodedata

COLUMNS = ("# columns: name\talternates(;)\tlat\tlon\tclass\tcode\tcountry alpha-3\tprovince name\t"
           "district name\tpopulation\tgeonameid")
MAX_ALT = 5

# GeoNames codes that the ontology writes otherwise.
CODE3 = {"XKX": "KOS"}
# Not states of today: no rows.
DEAD = {"CS", "AN"}

SUFFIX = re.compile(
    r"^(?:Provincia (?:de|del|di)|Departamento (?:de|del)|Departement (?:de|du)|Estado (?:de|do)|"
    r"Region (?:de|du|des)|Region|Muhafazat|Governorate of|Province of|State of|Wilaya de|"
    r"Republic of|Respublika|Autonomous Republic of)\s+|"
    r"\s+(?:Province|Governorate|District|Region|State|Oblast'?|Oblast’|Krai|Kray|Republic|"
    r"Prefecture|Department|County|Municipality|Division|Voivodeship|Canton|Parish|Territory|"
    r"Autonomous Region|Autonomous Oblast|Autonomous Okrug|Shi|Sheng|Zizhiqu|Viloyati|Velayat|"
    r"Special Region|Capital Region|Wilayat|Muhafazah|Emirate)$", re.I)

# Words for "district" in other languages.
DISTRICT_WORD = re.compile(
    r"^(?:Kabupaten|Kota|Shahrestān-e|Shahrestan-e|Bakhsh-e|Distrito de|Município de|Provincia di|Mu.?āfaz̧at|Qadaa|Qaḑā'|"
    r"Caza d[eu]|Cercle d[eu']|Département d[eu]|Arrondissement d[eu']|Province d[eu']|Markaz|Territoire d[eu']|"
    r"City of|London Borough of|Wahlkreis)\s+|"
    r"\s+(?:İlçesi|Ilcesi|Raion|Rayon|rayon|Raionul|Mun|Upazila|Zila|Tehsil|Taluka|Sub-District|Local Government Area|"
    r"Cercle|Woreda|Subcounty|Constituency|LGA|Qadaa|Nahiya|Markaz)$")

# Provinces that the news calls otherwise than GeoNames: (country, ASCII name) -> alternates.
PROVINCE_ALT = {
    ("AFG", "Ghowr"): ["Ghor"], ("AFG", "Helmand"): ["Hilmand"], ("AFG", "Kandahar"): ["Qandahar"],
    ("AFG", "Khowst"): ["Khost"], ("AFG", "Kunar"): ["Konar", "Kunarha"],
    ("AFG", "Nangarhar"): ["Nangrahar", "Ningarhar"], ("AFG", "Oruzgan"): ["Uruzgan", "Urozgan"],
    ("AFG", "Paktika"): ["Paktia and Paktika"], ("AFG", "Wardak"): ["Maidan Wardak"],
    ("CHN", "Inner Mongolia"): ["Nei Mongol"], ("CHN", "Tibet"): ["Tibet Autonomous Region", "Xizang"],
    ("CHN", "Xinjiang"): ["Xinjiang Uygur Autonomous Region", "Xinjiang region"],
    ("COD", "Haut-Katanga"): ["Upper Katanga"], ("COD", "Nord Kivu"): ["North Kivu"],
    ("COD", "South Kivu"): ["Sud-Kivu"], ("EGY", "North Sinai"): ["Northern Sinai"],
    ("ETH", "Amhara"): ["Amhara region"], ("ETH", "Oromiya"): ["Oromia"],
    ("ETH", "Somali"): ["Somali region", "Ogaden"], ("ETH", "Tigray"): ["Tigray region"],
    ("IND", "Jammu and Kashmir"): ["Indian-administered Kashmir", "Indian Kashmir", "J&K"],
    ("IND", "Kashmir"): ["Jammu and Kashmir", "Indian-administered Kashmir", "Indian Kashmir", "J&K"],
    ("IND", "Odisha"): ["Orissa"], ("IRN", "Hormozgan"): ["Hormuzgan"],
    ("IRN", "Sistan and Baluchestan"): ["Sistan-Baluchestan", "Sistan-Baluchistan", "Sistan and Baluchistan"],
    ("IRQ", "Al Anbar"): ["Anbar"], ("IRQ", "Basra"): ["Al Basrah"], ("IRQ", "Diyala"): ["Diyala"],
    ("IRQ", "Nineveh"): ["Ninewa", "Ninawa"], ("IRQ", "Salah ad Din"): ["Salahuddin", "Salahaddin", "Salah al-Din"],
    ("MMR", "Kachin"): ["Kachin state"], ("MMR", "Kayin"): ["Karen state"],
    ("MMR", "Rakhine"): ["Arakan", "Rakhine state"], ("MMR", "Shan"): ["Shan state"],
    ("PAK", "Azad Kashmir"): ["Azad Jammu and Kashmir", "Pakistan-administered Kashmir", "AJK"],
    ("PAK", "Balochistan"): ["Baluchistan"], ("PAK", "Gilgit-Baltistan"): ["Northern Areas"],
    ("PAK", "Khyber Pakhtunkhwa"): ["KP", "KPK", "North-West Frontier Province", "NWFP", "Khyber-Pakhtunkhwa"],
    ("PAK", "Sindh"): ["Sind"], ("RUS", "Belgorod Oblast"): ["Belgorod region"],
    ("RUS", "Chechnya"): ["Chechen Republic"], ("RUS", "Dagestan"): ["Daghestan"],
    ("RUS", "Kursk Oblast"): ["Kursk region"], ("SAU", "Minṭaqat ‘Asir"): ["Asir"],
    ("SDN", "Al Jazirah"): ["Gezira", "Al-Jazira state", "Al Jazeera state"],
    ("SDN", "Northern Darfur"): ["North Darfur"], ("SDN", "Northern Kordofan"): ["North Kordofan"],
    ("SDN", "Southern Darfur"): ["South Darfur"], ("SDN", "Southern Kordofan"): ["South Kordofan"],
    ("SDN", "Western Darfur"): ["West Darfur"], ("SYR", "Al-Hasakah"): ["Hasakah", "Hasaka", "Hassakeh"],
    ("SYR", "As-Suwayda"): ["Sweida", "Suwayda"], ("SYR", "Daraa"): ["Deraa", "Dara"],
    ("SYR", "Deir ez-Zor"): ["Deir al-Zor", "Deir Ezzor", "Deir al-Zour"], ("SYR", "Idlib"): ["Idleb"],
    ("SYR", "Rif-dimashq"): ["Rural Damascus", "Rif Dimashq", "Reef Dimashq"], ("TUR", "Sirnak"): ["Sirnak"],
    ("UKR", "Kharkivs'ka"): ["Kharkiv", "Kharkiv region", "Kharkov"], ("UKR", "Crimea"): ["Crimean peninsula"], ("UKR", "Donetsk"): ["Donetsk region"],
    ("UKR", "Kiev"): ["Kyiv", "Kyiv region"], ("UKR", "Luhansk"): ["Lugansk", "Luhansk region"],
    ("UKR", "Odessa"): ["Odesa"], ("UKR", "Zaporizhzhya"): ["Zaporizhzhia", "Zaporozhye"],
    ("YEM", "Al Hudaydah"): ["Hodeidah", "Hudaydah", "Hodeida", "Al Hudaydah"], ("YEM", "Al Jawf"): ["Jawf"],
    ("YEM", "Ma'rib"): ["Marib"], ("YEM", "Muhafazat Hadramaout"): ["Hadramaut", "Hadramawt"],
    ("YEM", "Muhafazat Saada"): ["Saada", "Sa'ada", "Saadah"], ("YEM", "Sanaa"): ["Sana'a", "Sana'a Governorate"],
    ("YEM", "Ta'izz"): ["Taiz", "Taez"],
}

# Towns that the news spells otherwise than GeoNames: (country, GeoNames ASCII name) -> spellings, put first.
TOWN_ALT = {
    ("AFG", "Asadabad"): ["Asad Abad"], ("AFG", "Jalalabad"): ["Jelalabad"], ("AFG", "Kandahar"): ["Qandahar"],
    ("AFG", "Khost"): ["Khowst"], ("AFG", "Kunduz"): ["Kondoz", "Qunduz"], ("AFG", "Lashkar Gah"): ["Lashkargah"],
    ("AFG", "Mazar-e Sharif"): ["Mazar-i-Sharif", "Mazar-e-Sharif", "Mazar i Sharif"],
    ("AFG", "Pul-e Khumri"): ["Pul-i-Khumri"], ("AFG", "Tarinkot"): ["Tirin Kot", "Tarin Kot", "Tarin Kowt"],
    ("AFG", "Zaranj"): ["Zarang"], ("ARM", "Gyumri"): ["Gumri"], ("AZE", "Ganja"): ["Gyandzha", "Gyanja"],
    ("AZE", "Shushi"): ["Shusha"], ("AZE", "Xankandi"): ["Stepanakert", "Khankendi"],
    ("BEL", "Antwerpen"): ["Antwerp"], ("BEL", "Gent"): ["Ghent"], ("BGD", "Chittagong"): ["Chattogram"],
    ("BGD", "Cox's Bazar"): ["Coxs Bazar"], ("BGD", "Dhaka"): ["Dacca"], ("CHE", "Bern"): ["Berne"],
    ("CHE", "Luzern"): ["Lucerne"], ("CHN", "Beijing"): ["Peking"], ("CHN", "Guangzhou"): ["Canton"],
    ("CHN", "Kashgar"): ["Kashi"], ("CHN", "UEruemqi"): ["Urumqi"], ("CHN", "Xi'an"): ["Xian"],
    ("COD", "Lubumbashi"): ["Elisabethville"], ("DEU", "Hannover"): ["Hanover"], ("DEU", "Koeln"): ["Cologne"],
    ("DEU", "Nuernberg"): ["Nuremberg"], ("EGY", "Arish"): ["El Arish", "al-Arish"],
    ("EGY", "Sharm el-Sheikh"): ["Sharm el Sheikh", "Sharm al-Sheikh"], ("ESP", "Sevilla"): ["Seville"],
    ("ESP", "Zaragoza"): ["Saragossa"], ("ETH", "Addis Ababa"): ["Adis Abeba"], ("ETH", "Bahir Dar"): ["Bahar Dar"],
    ("ETH", "Mek'ele"): ["Mekelle", "Makale", "Mekele"], ("FRA", "Lyon"): ["Lyons"],
    ("FRA", "Marseille"): ["Marseilles"], ("GEO", "Sokhumi"): ["Sukhumi", "Sukhum"],
    ("GEO", "Ts'khinvali"): ["Tskhinvali", "Tskhinval"], ("GTM", "Guatemala City"): ["Guatemala"],
    ("IDN", "Yogyakarta"): ["Jogjakarta"], ("IND", "Bengaluru"): ["Bangalore"], ("IND", "Chennai"): ["Madras"],
    ("IND", "Delhi"): ["New Delhi"], ("IND", "Guwahati"): ["Gauhati"], ("IND", "Kolkata"): ["Calcutta"],
    ("IND", "Mumbai"): ["Bombay"], ("IRN", "Bandar Abbas"): ["Bandar-e Abbas"], ("IRN", "Chabahar"): ["Chahbahar"],
    ("IRN", "Isfahan"): ["Esfahan"], ("IRN", "Mashhad"): ["Mashad", "Meshed"],
    ("IRN", "Orumiyeh"): ["Urmia", "Urmiyeh"], ("IRN", "Qom"): ["Ghom"], ("IRN", "Tehran"): ["Teheran"],
    ("IRQ", "Ad Diwaniyah"): ["Diwaniyah", "Diwaniya"], ("IRQ", "Al 'Amarah"): ["Amara", "Amarah"],
    ("IRQ", "Al Basrah al Qadimah"): ["Basra", "Basrah"], ("IRQ", "Al Fallujah"): ["Fallujah", "Falluja"],
    ("IRQ", "Al Hillah"): ["Hilla", "Hillah"], ("IRQ", "Al Kut"): ["Kut"],
    ("IRQ", "As Samawah"): ["Samawah", "Samawa"],
    ("IRQ", "As Sulaymaniyah"): ["Sulaimaniyah", "Sulaymaniyah", "Sulaimaniya"], ("IRQ", "Baqubah"): ["Baquba"],
    ("IRQ", "Bayji"): ["Beiji", "Bayji"], ("IRQ", "Dihok"): ["Dohuk", "Duhok"],
    ("IRQ", "Erbil"): ["Irbil", "Arbil", "Hewler"], ("IRQ", "Karbala"): ["Kerbala"], ("IRQ", "Najaf"): ["An Najaf"],
    ("IRQ", "Nasiriyah"): ["Nasiriyah", "Nasiriya"], ("IRQ", "Ramadi"): ["Ramadi"], ("IRQ", "Samarra'"): ["Samarra"],
    ("IRQ", "Sinjar"): ["Shingal"], ("ISR", "Ashkelon"): ["Ashqelon"],
    ("ISR", "Beersheba"): ["Beer Sheva", "Be'er Sheva"], ("ISR", "Jerusalem"): ["Al-Quds"],
    ("ISR", "Nahariyya"): ["Nahariya"], ("ISR", "Qiryat Shemona"): ["Kiryat Shmona"], ("ISR", "Sederot"): ["Sderot"],
    ("ISR", "Tel Aviv"): ["Tel Aviv-Yafo"], ("ITA", "Padova"): ["Padua"], ("KAZ", "Astana"): ["Nur-Sultan"],
    ("KOS", "Mitrovice"): ["Mitrovica", "Kosovska Mitrovica"], ("KOS", "Pristina"): ["Prishtina"],
    ("LBN", "Baalbek"): ["Baalbeck"], ("LBN", "Nabatiye et Tahta"): ["Nabatiyeh", "Nabatieh"],
    ("LBN", "Sidon"): ["Saida"], ("LBN", "Tyre"): ["Sour"], ("LBY", "Al Bayda'"): ["Bayda", "al-Bayda"],
    ("LBY", "Az Zawiyah"): ["Zawiya", "Zawiyah"], ("LBY", "Darnah"): ["Derna"], ("LBY", "Misratah"): ["Misrata"],
    ("LBY", "Sabha"): ["Sebha"], ("LBY", "Sirte"): ["Surt"], ("MDA", "Chisinau"): ["Kishinev"],
    ("MEX", "Ciudad Juarez"): ["Juarez"], ("MMR", "Myawadi"): ["Myawaddy"],
    ("MMR", "Nay Pyi Taw"): ["Naypyidaw", "Naypyitaw"], ("MMR", "Yangon"): ["Rangoon"],
    ("NPL", "Kathmandu"): ["Katmandu"], ("PAK", "Dera Ismail Khan"): ["D.I. Khan", "DI Khan"],
    ("PHL", "Cebu City"): ["Cebu"], ("PHL", "Davao"): ["Davao City"], ("PHL", "Zamboanga"): ["Zamboanga City"],
    ("POL", "Krakow"): ["Cracow"], ("PRT", "Porto"): ["Oporto"], ("PSE", "Bayt Hanun"): ["Beit Hanoun"],
    ("PSE", "Bayt Lahya"): ["Beit Lahiya", "Beit Lahia"],
    ("PSE", "Dayr al Balah"): ["Deir al-Balah", "Deir el-Balah"], ("PSE", "Gaza"): ["Gaza City"],
    ("PSE", "Hebron"): ["Al-Khalil"], ("PSE", "Jabalya"): ["Jabalia", "Jabaliya"], ("PSE", "Janin"): ["Jenin"],
    ("PSE", "Khan Yunis"): ["Khan Younis", "Khan Younes"], ("PSE", "Tulkarm"): ["Tulkarem"],
    ("RUS", "Groznyy"): ["Grozny"], ("RUS", "Nal'chik"): ["Nalchik"],
    ("RUS", "Nizhniy Novgorod"): ["Nizhny Novgorod"],
    ("RUS", "Saint Petersburg"): ["St. Petersburg", "St Petersburg", "Leningrad"],
    ("RUS", "Yekaterinburg"): ["Ekaterinburg"], ("SAU", "Abqaiq"): ["Buqayq"], ("SAU", "Al Qatif"): ["Qatif"],
    ("SAU", "Jeddah"): ["Jiddah"], ("SAU", "Mecca"): ["Makkah"], ("SAU", "Medina"): ["Madinah"],
    ("SDN", "El Fasher"): ["al-Fashir", "Al Fashir", "el-Fasher", "al-Fasher"], ("SDN", "El Obeid"): ["al-Obeid"],
    ("SDN", "Geneina"): ["El Geneina", "al-Geneina"], ("SDN", "Wad Medani"): ["Wad Madani"],
    ("SOM", "Baidoa"): ["Baydhabo"], ("SOM", "Beledweyne"): ["Beledweyn", "Belet Weyne"],
    ("SOM", "Hargeysa"): ["Hargeisa"], ("SOM", "Jawhar"): ["Jowhar"], ("SOM", "Kismayo"): ["Kismaayo"],
    ("SWE", "Goeteborg"): ["Gothenburg"], ("SYR", "'Ayn al 'Arab"): ["Kobani", "Kobane", "Ain al-Arab"],
    ("SYR", "Al Bab"): ["al-Bab"], ("SYR", "Al Hasakah"): ["Hasakah", "Hasaka", "Hassakeh"],
    ("SYR", "Al Qusayr"): ["Qusayr", "Qusair"], ("SYR", "Albu Kamal"): ["Albu Kamal", "Al-Bukamal", "Boukamal"],
    ("SYR", "Ar Raqqah"): ["Raqqa", "Raqqah"], ("SYR", "As Suwayda'"): ["Sweida", "Suwayda", "Suweida"],
    ("SYR", "Dar'a"): ["Daraa", "Deraa"],
    ("SYR", "Deir ez-Zor"): ["Deir al-Zor", "Deir Ezzor", "Deir al-Zour", "Deir az-Zor"], ("SYR", "Douma"): ["Douma"],
    ("SYR", "Idlib"): ["Idleb"], ("SYR", "Jisr ash Shughur"): ["Jisr al-Shughour"], ("SYR", "Latakia"): ["Lattakia"],
    ("SYR", "Manbij"): ["Minbij"], ("SYR", "Saraqib"): ["Saraqeb"], ("SYR", "Tadmur"): ["Palmyra", "Tadmor"],
    ("SYR", "Tartouss"): ["Tartous"], ("SYR", "`Afrin"): ["Afrin"], ("TCD", "N'Djamena"): ["Ndjamena"],
    ("TUR", "Istanbul"): ["Constantinople"], ("TUR", "Sanliurfa"): ["Urfa"], ("UKR", "Artemivs'k"): ["Bakhmut"],
    ("UKR", "Avdiyivka"): ["Avdiivka"], ("UKR", "Chernihiv"): ["Chernigov"], ("UKR", "Dnipro"): ["Dnipropetrovsk"],
    ("UKR", "Dzerzhyns'k"): ["Toretsk"], ("UKR", "Kharkiv"): ["Kharkov"], ("UKR", "Kryvyi Rih"): ["Krivoy Rog"],
    ("UKR", "Kupjansk"): ["Kupiansk"], ("UKR", "Kyiv"): ["Kiev"], ("UKR", "Luhansk"): ["Lugansk"],
    ("UKR", "Lviv"): ["Lvov"], ("UKR", "Mykolayiv"): ["Mykolaiv", "Nikolayev"], ("UKR", "Odessa"): ["Odesa"],
    ("UKR", "Vinnytsya"): ["Vinnytsia"], ("UKR", "Zaporizhia"): ["Zaporizhzhia", "Zaporizhzhya", "Zaporozhye"],
    ("UKR", "Izyum"): ["Izium"], ("UKR", "Sloviansk"): ["Sloviansk", "Slavyansk", "Slaviansk"], ("UKR", "Syevyerodonets'k"): ["Severodonetsk", "Sievierodonetsk"],
    ("UKR", "Lysychans'k"): ["Lysychansk"], ("MEX", "Iguala de la Independencia"): ["Iguala"], 
    ("GBR", "Derry"): ["Londonderry"], ("TUN", "Ben Gardane"): ["Ben Guerdane"], ("LBN", "En Naqoura"): ["Naqoura"],
    ("USA", "New York City"): ["New York"], ("USA", "Washington, D.C."): ["Washington", "Washington DC", "Washington D.C."],
    ("UZB", "Andijon"): ["Andijan", "Andizhan"], ("UZB", "Samarqand"): ["Samarkand"],
    ("VNM", "Ho Chi Minh City"): ["Saigon"], ("YEM", "Al Bayda"): ["Bayda", "al-Bayda"],
    ("YEM", "Al Hudaydah"): ["Hodeidah", "Hudaydah", "Hodeida"], ("YEM", "Al Mukalla"): ["Mukalla"],
    ("YEM", "Ma'rib"): ["Marib"], ("YEM", "Sa'dah"): ["Saada", "Sa'ada", "Saadah"], ("YEM", "Sanaa"): ["Sana'a"],
}


# English words (and a few names of people) that are towns too. A town of such a name is left out unless it is large or a
# capital, for a sentence may begin with the word; as an alternate such a word is never taken.
ENGLISH = set("""
    aba acre adi after agar all allah alliance alma along alot also alter anchorage anew angers angle angles ans
    antelope anthem any apace apex april apt arab are area army aroma art as asbestos ash aspen at ate ath ati au
    august awash bacon bad badger bag bah ban band banks bar barking barn barrage barren bat bath battle battlefield
    battleground bay bazar beacon bear before begun bell bella bend best between bible biden big bile billed bin
    bites bloom bode bolder bona bonanza bone boom boon boons born borne botany both bottom bountiful boy brack
    brake bran branch brash brass bride bright brush bucks bud bully bun bury bush but buy by calamity can canals
    captain caribou carpenter carry cars carter cascade casino castle cave celebration cell center central chagrin
    chair champagne champion chance change chinatown chinese chiro chop church citrus clay clinton clot cloud coal
    cocoa coin college colon colony com combs come comma commerce conception concord cone consolation cordon cork
    council countryside court crane crest crossroads crystal cutoff dado daisy dam damask date deal december
    defiance del delis denny dent derby des diamond did dig dire do dome drama drone drug dual due during dusty each
    earnest east eastern echo economy el elk english enterprise eras erode even every ezi far farmers fate fatwa
    february federal felling few fino fireworks flea fleet flint force forest forge fortune fot fountain franca
    freedom french freshwater friday friendly from frost fry fully furnace gal gant gap garner garrison gateway gay
    gaze gel general genes german girl glad globe god goes gold golden grabs grad grant grants gras grass grave gray
    great green grenade grit grove groves guise gul gypsum ha had hail halfway ham hamam hard harvest has hazard he
    heath her here highlands his hit hole holiday homeland homer homo hook hoover hope horn how hue human humble
    hunt hurricane if ig imperial in independence indian is islam it italian ite its jackson jam january jar
    jefferson judge july junction june just justice kale keen kennedy keystone kilo kin kinder king kissing kitab
    kite koran la lag lakes lakeside lame las lazy le leader leek lemon lender lens lent less lessen let liberal
    liberty lie lik lime limo lincoln lion lira little log lone long lord los lot lourdes lower luck luna lure made
    madison major male man manage mango mani manor many marathon march marino market marks marrow marshal mason mati
    may med media medias meds mega megalopolis men mending mentor merit mery metro metropolis midstream mile
    minister minster mission mobile model modern modi mold moll mon monday monroe monster monument more mosque
    mosquito most mould mound mountaintop much mush my mystic nagar name natal nation naval needles never new nice
    nixon no noble noisy non none nor normal north northern not november oasis obama oceanic october of off old olds
    on one only opportunity or oral orange orchards ore our outer over overland pace page painter pale palms pan
    panda panorama par para paradise paramount paras parole party passage peer pekin penal penne people petit pets
    phone pine plain plan plantation plover plum plunge plunges po police poll polo pop port possession post pre
    president price prince pristine proclamation progress prospect prosper proven puke punch put putin queen queens
    race rain rapid reach reading reagan real rehab repose res reserve reservoir retreat revel riding rifle rim
    roles rom roosevelt rose roses rosette rot rum rush russian rust sag saga saint sake sale saline salon salt same
    san sand sandwich sandy santa saturday sauce sauces savage save saxon say seaside sedan see seen send september
    set shaping she shields shoreline shortens side sik silly silos sin since sing siren ski slaughter slide so sole
    solitude solo some sore sour south southern spanish sparks spat split spoken spray spring springs stains star
    stark state steps stone store story strawberry street summit sumo sunday sunrise sunset superior sur suras
    surprise swallow swords tactic tale talent tall tame tank tap tape tapping tat te tell temperance temple tender
    tent terrace than that their then there these they this thorn those thursday til tilt ting tire to toda tome ton
    tone tongue torn toss tour tours trail trans transit trap triangle trinity trooper trump tub tuesday tune tunes
    turn twin twist under union unknown up upland upper us uses vans vera vernal veto vice vista vols von wa wagin
    wai waits wake walk walnut wan ware waver we weasel wed wedding wednesday week welcome wells west western wetter
    what when where who why wil willows wilson winters woman women woodland worms worth yen young your zero
""".split())


def code3_table(folder):
    iso = {}
    with open(os.path.join(folder, "countryInfo.txt"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or line.startswith("ISO\t"):
                continue
            c = line.rstrip("\n").split("\t")
            if len(c) < 17 or c[0] in DEAD:
                continue
            iso[c[0]] = {"code": CODE3.get(c[1], c[1]), "name": c[4], "capital": c[5],
                         "population": c[7], "id": c[16]}
    return iso


def fold(s):
    s = s.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i")
    s = s.replace("đ", "d").replace("Đ", "D").replace("ß", "ss").replace("æ", "ae").replace("ð", "d")
    s = re.sub("[‘’ʻʼʿʾ`´]", "'", s).replace("–", "-")
    s = unicodedata.normalize("NFD", s)
    return "".join(ch for ch in s if not unicodedata.combining(ch)).lower()


def key(s):
    return re.sub(r"[^a-z0-9]+", " ", fold(s).replace("'", "")).strip()


LATIN = re.compile(r"^[A-Za-zÀ-ɏ'’‘`´\- .]+$")
PRINTABLE = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’‘ʻ`´\- .()0-9]+$")


def good_alternate(a):
    """Could an English-language newspaper print this?"""
    if not LATIN.match(a) or not 3 <= len(a) <= 40 or a.isupper():
        return False
    if not a[0].isupper() or len(a.split()) > 4:
        return False
    if re.search(r"[A-Z]{2,}", a) or re.search(r"[a-z][A-Z]", a.replace("Mc", "").replace("Mac", "")):
        return False
    return True


# States whose districts are named in reports of violence and disaster.
WITH_DISTRICTS = set("""
    AFG ARM AZE BDI BFA BGD CAF CMR COD COL EGY ETH FRA GBR GEO HTI IDN IND IRN IRQ ISR KEN LBN LBY LKA MLI MMR MOZ NER
    NGA NPL PAK PHL PSE RWA SDN SOM SSD SYR TCD TUR UGA UKR YEM ZWE
""".split())
# Where the names are not written in Latin letters the news has more than one way to spell them; elsewhere only the name
# without its marks, and TOWN_ALT, are taken.
NOT_LATIN = set("""
    AFG ARE ARM AZE BGD BHR BLR BTN CHN DJI DZA EGY ERI ESH ETH GEO GRC BGR IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR KWT
    LAO LBN LBY LKA MAR MDV MKD MMR MNG MRT NPL OMN PAK PRK PSE QAT RUS SAU SDN SOM SRB SYR THA TJK TKM TUN TWN UKR UZB YEM
""".split())
FOREIGN = re.compile(
    r"^(?:gorod|gorad|shahr|lungsod|dakbayan|ville|ciudad|kota|provin|munici|vila|villa de|stadt|grad |horad|"
    r"llogara|comune|distri|departam|bandar udara|aeropuerto|mesto|orase|siudad|kommun|comuna|gmina)|"
    r"(?:shi|xian|qu|zhen|gun|oblast|iri|cho|machi)$", re.I)
ODD = [(re.compile(p), c) for p, c in [
    (r"t?sch", 3), (r"dž|ž|č|š", 2), (r"cz|sz|zs|tz", 2), (r"j[bcdfgklmnpqrstvwxz]|[bcdfgklmnpqrstvwxz]j", 3), (r"ij|aj\b|ej\b", 2),
    (r"\bx|x\b", 2), (r"w[bcdfgklmnpqrstvxz]", 2), (r"aa|uu|ii", 1), (r"(.)\1\1", 4), (r"ou", 1), (r"dj", 1), (r"qa|qo", 1),
    (r"y[aou]y|iya\b", 1), (r"ae|oe|ue", 1)]]
ENDINGS = [("o", 3), ("as", 3), ("is", 3), ("us", 3), ("um", 3), ("ia", 2), ("e", 1), ("i", 1), ("en", 1), ("u", 2), ("y", 1), ("ka", 1),
           ("a", 2), ("er", 2), ("in", 2), ("on", 1), ("ur", 1), ("l", 1), ("v", 1)]
PUNCTUATION = str.maketrans("‘’`", "'" * 3)


def oddness(a, name):
    """How little an alternate looks like something that an English-language newspaper prints."""
    f, n = fold(a), fold(name)
    cost = 2 * sum(1 for x, y in zip(a.lower(), f) if x != y) + 2 * a.count("'") + 2 * a.count("`")
    for pattern, c in ODD:
        if pattern.search(f) and not pattern.search(n):
            cost += c
    for end, c in ENDINGS:
        if f.endswith(end) and not n.endswith(end):
            cost += c
    if FOREIGN.search(a):
        cost += 6
    if f[0] != n[0] and not re.match(r"(?:al|el|an|ar|as|ash|ad|at|az)[ -]", n):
        cost += 2 if {f[0], n[0]} <= {"k", "c", "q"} else 3
    if f in (n + " city", "city of " + n):
        cost -= 2
    if len(a.split()) > len(name.split()) + 1:
        cost += 3
    if len(f) < 4:
        cost += 3
    return cost


def alternates(name, ascii_name, alts, limit, first=(), taken=frozenset()):
    """Distinct spellings: those of the news, then what looks most English; at most `limit`."""
    seen, out = {key(name)}, []
    plain = re.sub("['’‘ʻʼʿʾ`´]", "", name)
    if plain != name and PRINTABLE.match(plain):  # "Kramators'k"
        out.append(plain)
    cand = sorted((oddness(a, ascii_name or name), i, a)
                  for i, a in enumerate(x.strip() for x in [ascii_name] + alts) if good_alternate(a))
    for cost, _, a in [(-9, 0, a) for a in first] + cand:
        k = key(a)
        if not k or k in seen or (cost > -9 and (cost > 3 or k in ENGLISH or k in taken)):
            continue
        seen.add(k)
        out.append(a.translate(PUNCTUATION))
        if len(out) >= max(limit, len(first)) + (plain != name):
            break
    return out


def clean(s):
    return s.replace("\t", " ").replace(";", ",").strip()


def points(table):
    """A table of points beside this program: key -> (latitude, longitude)."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), table), encoding="utf-8") as f:
        return {k: (float(lat), float(lon)) for k, lat, lon in (x.split() for x in f if not x.startswith("#"))}


def row(name, alts, lat, lon, fclass, fcode, country, province, district, population, gid):
    return "\t".join([clean(name), ";".join(clean(a) for a in alts), "%.4g" % lat if abs(lat) < 0.001
                      else ("%.4f" % lat).rstrip("0").rstrip("."), ("%.4f" % lon).rstrip("0").rstrip("."),
                      fclass, fcode, country, clean(province), clean(district), str(population), str(gid)])


def bare(name):
    """Without its suffix: "Kunar Province" -> "Kunar"."""
    prev = None
    while prev != name:
        prev, name = name, SUFFIX.sub("", name).strip()
    return name or prev


def largest_ring(geometry):
    polys = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]

    def area(ring):
        return abs(sum(ring[i][0] * ring[(i + 1) % len(ring)][1] - ring[(i + 1) % len(ring)][0] * ring[i][1]
                       for i in range(len(ring)))) / 2
    return max((p[0] for p in polys), key=area)


def centroid(ring):
    a = cx = cy = 0.0
    for i in range(len(ring)):
        x0, y0 = ring[i][:2]
        x1, y1 = ring[(i + 1) % len(ring)][:2]
        cross = x0 * y1 - x1 * y0
        a += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    if abs(a) < 1e-9:
        return None
    return cx / (3 * a), cy / (3 * a)


def inside(x, y, ring):
    hit = False
    for i in range(len(ring)):
        x0, y0 = ring[i][:2]
        x1, y1 = ring[(i + 1) % len(ring)][:2]
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            hit = not hit
    return hit


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    src, out = sys.argv[1:]
    iso = code3_table(src)

    admin1, admin2 = {}, {}
    with open(os.path.join(src, "admin1CodesASCII.txt"), encoding="utf-8") as f:
        for line in f:
            c, name, ascii_name, gid = line.rstrip("\n").split("\t")
            admin1[c] = (name, ascii_name, int(gid))
    with open(os.path.join(src, "admin2Codes.txt"), encoding="utf-8") as f:
        for line in f:
            c, name, ascii_name, gid = line.rstrip("\n").split("\t")
            admin2[c] = (name, int(gid))

    towns, by_admin1, by_admin2, by_country = [], {}, {}, {}
    with open(os.path.join(src, "cities5000.txt"), encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if c[8] not in iso:
                continue
            t = {"id": int(c[0]), "name": c[1], "ascii": c[2], "alt": c[3].split(",") if c[3] else [],
                 "lat": float(c[4]), "lon": float(c[5]), "class": c[6], "code": c[7], "cc": c[8],
                 "a1": c[8] + "." + c[10], "a2": c[8] + "." + c[10] + "." + c[11],
                 "pop": int(c[14] or 0)}
            towns.append(t)
            by_admin1.setdefault(t["a1"], []).append(t)
            by_admin2.setdefault(t["a2"], []).append(t)
            by_country.setdefault(t["cc"], []).append(t)
    towns.sort(key=lambda t: t["id"])

    # GeoNames names some provinces differently by year: towns take today's name.
    def province(t):
        return bare(admin1[t["a1"]][0]) if t["a1"] in admin1 else ""

    towns = [t for t in towns if key(t["ascii"]) not in ENGLISH or t["pop"] >= 100000 or t["code"] in ("PPLC", "PPLA")]
    # No alternate is the name of a large town elsewhere.
    large = {key(t["ascii"]) for t in towns if t["pop"] >= 100000} | {key(c["name"]) for c in iso.values()}

    with open(os.path.join(out, "places.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for t in towns:
            limit = MAX_ALT if t["pop"] >= 15000 or t["code"] in ("PPLC", "PPLA") else 3
            first = TOWN_ALT.get((iso[t["cc"]]["code"], t["ascii"]), ())
            others = t["alt"] if iso[t["cc"]]["code"] in NOT_LATIN else []
            f.write(row(t["name"], alternates(t["name"], t["ascii"], others, limit, first, large), t["lat"], t["lon"],
                        t["class"], t["code"], iso[t["cc"]]["code"], province(t), admin2.get(t["a2"], ("",))[0],
                        t["pop"], t["id"]) + "\n")

    # Villages take the province of their table, or that of the nearest town.
    cells = {}
    for t in towns:
        cells.setdefault((t["cc"], int(t["lat"] // 1), int(t["lon"] // 1)), []).append(t)
    same = {}
    for t in towns:
        same.setdefault((t["cc"], key(t["ascii"])), []).append(t)
        if key(t["name"]) != key(t["ascii"]):
            same.setdefault((t["cc"], key(t["name"])), []).append(t)
    ids = {(c.split(".")[0], n): c for c, (name, ascii_name, _) in admin1.items() for n in (name, ascii_name)}
    district_ids = {(".".join(c.split(".")[:2]), n): c for c, (name, _) in admin2.items() for n in (name, fold(name).title())}

    def near(r):
        y, x = int(r["lat"] // 1), int(r["lon"] // 1)
        here = [t for i in (-1, 0, 1) for j in (-1, 0, 1) for t in cells.get((r["cc"], y + i, x + j), ())]
        return min(here, key=lambda t: (t["lat"] - r["lat"]) ** 2 + (t["lon"] - r["lon"]) ** 2, default=None)

    villages = []
    with open(os.path.join(src, "cities1000_2016.csv"), encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            k = key(r["name"])
            r["lat"], r["lon"] = float(r["lat"]), float(r["lon"])
            if r["cc"] not in iso:
                continue
            twin = any(abs(t["lat"] - r["lat"]) < 0.1 and abs(t["lon"] - r["lon"]) < 0.1 for t in same.get((r["cc"], k), ()))
            a1 = ids.get((r["cc"], r["admin1"]))
            if not a1:
                town = near(r)
                a1 = town["a1"] if town else ""
            r["a1"], r["a2"] = a1, district_ids.get((a1, r["admin2"]), "")
            small = {"lat": r["lat"], "lon": r["lon"], "code": "PPL", "pop": 0}
            if not twin:
                by_admin1.setdefault(a1, []).append(small)
                if r["a2"]:
                    by_admin2.setdefault(r["a2"], []).append(small)
            if twin or k in ENGLISH or len(k) < 4 or not PRINTABLE.match(r["name"]) or len(r["name"].split()) > 6:
                continue
            villages.append(r)
    villages.sort(key=lambda r: (r["cc"], r["name"], r["lat"], r["lon"]))
    with open(os.path.join(out, "villages.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for r in villages:
            f.write(row(r["name"], [], r["lat"], r["lon"], "P", "PPL", iso[r["cc"]]["code"],
                        bare(admin1[r["a1"]][0]) if r["a1"] in admin1 else "", r["admin2"], 1000, 0) + "\n")

    def middle(here, seat_codes):
        seats = [t for t in here if t["code"] in seat_codes]
        if seats:
            best = max(seats, key=lambda t: t["pop"])
            return best["lat"], best["lon"]
        if here:
            return sum(t["lat"] for t in here) / len(here), sum(t["lon"] for t in here) / len(here)
        return None

    def box_middle(here):
        if not here:
            return None
        lat, lon = sorted(t["lat"] for t in here), sorted(t["lon"] for t in here)
        cut = len(here) // 50
        return (lat[cut] + lat[-1 - cut]) / 2, (lon[cut] + lon[-1 - cut]) / 2

    by_hand = points("district_points.tsv")
    rows, town_names = [], {}
    for t in towns:
        for n in (t["name"], t["ascii"]):
            town_names.setdefault(t["cc"], set()).add(key(n))
    for c, (name, gid) in admin2.items():
        cc, a1 = c.split(".")[0], ".".join(c.split(".")[:2])
        if cc not in iso or a1 not in admin1:
            continue
        named = iso[cc]["code"] in WITH_DISTRICTS
        short = bare(DISTRICT_WORD.sub("", name).strip())
        taken = key(short) in town_names.get(cc, ()) or key(short) in large or key(short) in ENGLISH
        shown = short if named and not taken else name
        if named and taken and key(name) == key(short):
            shown = short + " District"
        if key(shown) in town_names.get(cc, ()) or key(shown) in ENGLISH:
            continue
        if len(key(shown)) < 3 or not PRINTABLE.match(shown) or len(shown.split()) > 6:
            continue
        here = by_admin2.get(c, [])
        place = middle(here, ("PPLA2",)) or by_hand.get(str(gid)) or middle(by_admin1.get(a1, []), ("PPLA", "PPLC"))
        if not place:
            continue
        rows.append((gid, row(shown, [], place[0], place[1], "A", "ADM2", iso[cc]["code"], bare(admin1[a1][0]), short,
                              sum(t["pop"] for t in here) or (1000 if str(gid) in by_hand else 0), gid)))
    with open(os.path.join(out, "districts.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for _, r in sorted(rows):
            f.write(r + "\n")

    rows = []
    for c, (name, ascii_name, gid) in admin1.items():
        cc = c.split(".")[0]
        if cc not in iso:
            continue
        here = by_admin1.get(c, [])
        place = box_middle(here)
        if place:
            lat, lon = place
        elif by_country.get(cc):
            best = max(by_country[cc], key=lambda t: (t["code"] == "PPLC", t["pop"]))
            lat, lon = best["lat"], best["lon"]
        else:
            continue
        code = iso[cc]["code"]
        extra = PROVINCE_ALT.get((code, ascii_name)) or PROVINCE_ALT.get((code, bare(ascii_name))) or []
        alts, seen = [], {key(name)}
        for a in [bare(name), ascii_name, bare(ascii_name)] + extra:
            if a and key(a) not in seen:
                seen.add(key(a))
                alts.append(a)
        rows.append((gid, row(name, alts, lat, lon, "A", "ADM1", code, bare(name), "",
                              sum(t["pop"] for t in here), gid)))
    with open(os.path.join(out, "provinces.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for _, r in sorted(rows):
            f.write(r + "\n")

    by_hand = points("country_points.tsv")
    outline = {}
    with open(os.path.join(src, "shapes_simplified_low.txt"), encoding="utf-8") as f:
        next(f)
        for line in f:
            gid, geo = line.rstrip("\n").split("\t", 1)
            outline[gid] = json.loads(geo)
    rows = []
    for cc, c in iso.items():
        if not c["id"] or c["id"] == "0":
            continue
        place = by_hand.get(c["code"])
        if not place and c["id"] in outline:
            ring = largest_ring(outline[c["id"]])
            mid = centroid(ring)
            if mid and inside(mid[0], mid[1], ring):
                place = mid[1], mid[0]
        if not place:
            caps = [t for t in by_country.get(cc, []) if t["code"] == "PPLC"] or by_country.get(cc, [])
            if caps:
                best = max(caps, key=lambda t: t["pop"])
                place = best["lat"], best["lon"]
        if not place:
            continue
        rows.append((int(c["id"]), row(c["name"], [], place[0], place[1], "A", "PCLI", c["code"], "", "",
                                       c["population"] or 0, c["id"])))
    with open(os.path.join(out, "countries.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for _, r in sorted(rows):
            f.write(r + "\n")


if __name__ == "__main__":
    main()
