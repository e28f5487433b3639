"""Writes data/given-names.txt: given names in Latin letters, folded to lower case without accents.

Sources: the 1,000 commonest women's and men's given names each of the US Census of 1990 (public domain), as packaged in
`names` 0.3; the Latin-script locales of Faker 37+ (MIT licence); EXTRA below (general knowledge: usual transliterations of
Arabic, Persian, Russian, Ukrainian, Hebrew, Turkish, Kurdish, South and East Asian and African given names).
Words that are commoner as English words or as places are left out (DROP).
Run: pip install names Faker; python tools/given_names.py > data/given-names.txt
"""
import importlib
import pathlib
import unicodedata

import names as census

LOCALES = ("de_DE en_GB en_IN en_US es_ES es_MX fi_FI fr_FR hr_HR hu_HU id_ID it_IT nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK "
           "sl_SI sv_SE tr_TR cs_CZ da_DK et_EE lt_LT lv_LV yo_NG ha_NG ig_NG zu_ZA vi_VN az_AZ").split()
EXTRA = """
abbas abd abdallah abdel abdelaziz abdelfattah abdelhakim abdelkader abdelmalek abderrahmane abdi abdirahman abdo abdul abdulaziz
abdulhamid abdulkarim abdullah abdullahi abdulmajid abdulrahman abdurrahman abed abu adel adham adnan afaf ahlam ahmad ahmed ahmet
aisha akbar akram alaa alaaeddin ali alia amal amar amin amina amir amira ammar anas anisa anwar aqeel aram aref arif asad asem
ashraf asif asma asmaa assad atef awad aws aya ayatollah ayman aymen aziz azza badr baha bahar bahman bakr barham basel bashar bashir
basil basim bassam bassel bassem bilal burhan dalal dalia daoud darwish dawood dawud dina duaa ehab ehud elias emad esam esmail fadel
fadi fahad fahd faisal fakhri falah farah fares farhad fares fariba farid farida farouk farouq faruk fatemeh fatima fatin fawaz fawzi
fayez fayyad firas fouad fuad ghada ghaith ghanem ghassan ghazi habib hadi hafez hafiz haidar haider haitham haj hajj hakan hakim
hala hamad hamada hamid hamza hana hanan hani haroun hasan hashem hashim hassan hatem haya haytham hazem hazim heba hesham hicham
hilal hind hisham hosni hossam hossein houda houssam hoda huda hussain hussein huseyin ibrahim idris idriss ihab iman imad imran inas
iqbal isa isam ishaq ismael ismail issa issam iyad izz jaafar jabbar jabir jafar jalal jamal jamil jamila jassim javad jawad jihad
jumana kadhim kais kamal kamel karam kareem karim kassem kemal khadija khaled khalid khalifa khalil khamis khodr layla leila lina
louay loubna lubna luay lutfi maha mahdi maher mahfouz mahmood mahmoud mahmud majd majdi majed majid malak malik manal mansour marwa
marwan maryam masoud massoud maysa mazen mazin mehdi mehmet midhat mohamad mohamed mohammad mohammed mohsen mohsin moncef mona
monzer morteza mostafa moussa muammar muayad mubarak muhammad muhannad muhsin mukhtar muna munir munzer murad musa mussa mustafa
muthanna nabil nabila nada nader nadia nadim naftali naif naim najib najwa naji naser nashwan nasir nasr nasreen nasrin nasser nawaf
nawal nayef nazir nidal nihad nizar noor nour noura nouri nuri omar omer osama osman othman qais qasem qasim qassem qays rabih rachid
radwan rafik rafiq raed raghad rahim rahman raja rajab ramadan ramez rami ramzi rana rania rashad rasha rashed rashid rasul rauf
rawan razan reem reza riad ridha rifaat riyad riyadh rola roula saad saadi sabah sabri sadiq saeb saeed safa safwan sahar said saif
sajid salah salam saleem saleh salem salih salim salma salman samah samar sameh samer sami samia samir samira sana sara satam sawsan
sayed sayyed sayyid selim shadi shadia shafiq shahid shaker shakir shams sharif shaukat sherif shireen shukri sinan suha suhail
suleiman sultan sumaya taha taher tahir talal taleb tamam tamer tammam tareq tarek tariq tawfik tawfiq tayeb tayyip thabet tufail ubai
umar usama usman wael wafa wafaa wahid waleed walid waseem wasim wissam yahya yara yasin yasir yasmin yasser yassin younes younis
yousef youssef yunus yusuf zahir zahra zaid zaki zayed zayd zein zeinab zeyad ziad zidan ziyad zouhair zuhair
akbarzadeh alireza amirhossein arash ardeshir babak behrouz behzad dariush ebrahim esfandiar farhang farrokh fereydoun ghasem
gholam hamed hamidreza hassanali hojjat homa jalil javid kamran kaveh kazem keyvan khosrow kianoush laleh mahnaz manouchehr maziar mehran
mehrdad mina minoo mohsen mojtaba narges nasim navid niloufar parisa parviz qassem ramin rostam roya ruhollah saeid sanaz shahram
shahrzad shirin siamak simin soheil yaghoub zahra
aleksandr aleksandra aleksei aleksey alexander alexei alexey alexandr alisa alla anastasia anatoli anatoly andrei andrey andriy anna
anton arkady arseniy artem artur askold boris bohdan bogdan daria daryna denis denys dmitri dmitriy dmitry dmytro eduard ekaterina
elena evgenia evgeni evgeniy evgeny fedor galina gennadi gennady georgi georgy gleb grigori grigory hanna hennadiy hryhoriy igor ihor
ilya inna irina iryna ivan kateryna kirill kirilo kostiantyn konstantin ksenia larisa larysa leonid lev lilia liudmyla ludmila
lyudmila lyubov maksim maksym marat maria maria mariya marina maryna maxim mikhail mykhailo mykola mykyta nadezhda nadia natalia
nataliya natalya nikita nikolai nikolay nina oksana oleg oleh oleksandr oleksandra oleksiy oleksii olena olga olha ostap pavel pavlo
petr petro polina pyotr raisa ramzan roman ruslan rustam semyon serafim sergei sergey serhiy serhii shamil solomiya stanislav stepan
svetlana svitlana taras tatiana tatyana tetiana tetyana timofey timur ulyana vadim vadym valentin valentina valeri valeriy valery
valeriia vasil vasily vasyl veronika viacheslav vika viktor viktoria viktoriya vitali vitaliy vitaly vladimir vladislav vladyslav
volodymyr vsevolod vyacheslav yana yaroslav yegor yelena yevgeni yevgeny yevhen yulia yuliya yuri yuriy yury zakhar zinaida zoya
aslan dzhokhar zelimkhan akhmed apti movladi salman khasan
avi avigdor avner avraham ben benjamin benny binyamin chaim dani danny daphna dov efraim ehud eitan elad eli eliezer gadi gal gideon
gil golan haim hanan herzi idan ilan itamar itzhak itzik miri moshe moti naftali nir noam ofer ofir omri orly oren ran roni ronen
shaul shimon shira shlomo shmuel tal tamar tzachi tzipi uri uzi yaakov yael yair yariv yehuda yigal yigael yisrael yitzhak yoav yona
yossi yuval zeev zvi
abdullatif ahmet aydin bayram binali bulent burak cem cemil cengiz devlet emine emre ercan erdal erdogan esra fatih fethullah fikri
fuat gultan hakan halil hulusi huseyin ibrahim ilham isik kemal leyla mehmet melih mesut mevlut murat mustafa muzaffer necmettin
numan omer orhan osman ozgur recep riza sedat selahattin selim sinan suleyman tansu tayyip turgut ufuk umit veysel yasar yildiz
azad barzan bekir cegerxwin cemil delil dilan ferhad hevrin jihan kawa mazloum mazlum masrour massoud nechirvan nurettin qubad redur
riza rojda salih sipan talabani zagros
abiy aboubacar adama ahidjo alassane alpha amadou aminata assimi awa bakary bamba blaise bola boubacar bukola chidi chinedu chioma
chukwuma cyril debretsion dlamini ebrima emeka emmerson ezekiel faustin fatou fatoumata faure felix folasade getachew goodluck
gwede hailemariam haile hakainde ibrahima idrissa isaias jakaya jomo joseph juma kagiso kenyatta kofi kwame lamine laurent lazarus
mahamat mamadou mamady mariam macky meles mesfin mokgweetsi moise moses moussa mswati muhammadu mulatu musa mwai nana ngozi nkosazana
nnamdi obiageli odinga olusegun omar oumar ousmane paul pierre raila robert sadio salva sani sekou seydou sibusiso siaka souleymane
taban tedros tesfaye thabo tidjane tsegaye tshepo uhuru umaro wangari workneh yacouba yemane yoweri yahya yayi zenawi
aung khin kyaw maung min myint ne nyan soe than thaung thein tin win zaw
ajay ajit akhilesh amit amitabh anand anil anita anjali arun arvind asha ashok atal bhupesh chandra deepak devendra dilip dinesh gopal
govind indira jairam jawaharlal jayant kapil kiran krishna lakshmi lal lalit madhav mahendra mahesh mahinda manish manmohan manoj
maithripala meera mohan mukesh narendra naresh navin nirmala nitin piyush pranab prakash prasad priya priyanka rahul rajesh rajiv
rajnath raju ram ramesh ranil ravi rohit sachin sandeep sanjay sarath satish shashi shiv shyam smriti sonia subhash sudhir sunil sunita
suresh sushma uddhav uma vijay vikram vinod vishal yashwant yogi
asfandyar asif benazir bilawal fazlur gulbuddin hafiz hamid imran ishaq jalaluddin khawaja mahmood maulana mohib nawaz pervez pervaiz
qazi sartaj shah shahbaz shehbaz sirajuddin yousaf zabihullah zalmay zardad zia zulfikar zulfiqar
bae chang chen cheng chiang chul deng feng gao guo hao hiroshi hong hu hua hui hwa jae jian jiang jin jing jong jun jung kenji kim
koji kyung lei li ling liu mei min ming myung naoto park ping qian qiang qin rodrigo sang seung shigeru shinzo soo sung takeshi taro
tsai wang wei wen woo xi xiao xin yang yi ying yong yoon young yoshihide yu zhang zhao zhen zhou
"""
DROP = """
a al an april art august autumn bay bill bo brook chance china christian city clay cliff coy cruz dale dallas dawn day dean deer don
drew duke earl east eden england ester faith florence florida forest france frank gale gene georgia german glen grace grant guy harbor
hope houston israel ivory jade jasmine jean jersey jewel jordan joy june kent king lake lane lee lincoln london love major man manila
many march mark may mercy miles mission moon my north ok olive orange page paris park pat patience pearl penny pilar pink porter
precious price prince princess queen ray read rich river robin rock rod rose royal ruby rusty sage salem sandy santiago see senior
shell sierra silver sky so soon spring star sterling stone storm summer sun sunday sunny the trinity troy tyler van vegas victoria
virginia wade war west will win wood young zion an da de la le mr mrs so sun su song so min hope jo jin lei ling li hu hao long he
houston wang general ministry army security council
"""


def fold(name: str) -> str:
    name = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d"))
    return "".join(c for c in name if not unicodedata.combining(c)).lower()


found = set(EXTRA.split())
for kind in ("first:male", "first:female"):
    lines = pathlib.Path(census.FILES[kind]).read_text().splitlines()[:1000]
    found.update(line.split()[0].lower() for line in lines)
for locale in LOCALES:
    try:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    except ImportError:
        continue
    for field in ("first_names", "first_names_male", "first_names_female"):
        for name in getattr(provider, field, ()):
            if fold(name).isascii() and fold(name).isalpha():
                found.add(fold(name))
found -= set(DROP.split())
print("# Given names in Latin letters, folded. Written by tools/given_names.py (sources and licences there); do not edit.")
print("\n".join(sorted(name for name in found if len(name) > 1)))
