// @ts-check
/**
 * Compact forms of numbers, by language: each unit with its power of ten, "tys.3" for a thousand.
 *
 * The table is that of the CLDR, short and long forms, which a test compares; what sites write beside it stands apart.
 */
(() => {
  // biome-ignore format: a table
  const CLDR = /** @type {Record<string, string>} */ ({
    af: 'k3|m6|mjd9|bn12|duisend3|miljoen6|miljard9|biljoen12',
    am: 'ሺ3|ሚ6|ቢ9|ት12|ሚሊዮን6|ቢሊዮን9|ትሪሊዮን12',
    ar: 'ألف3|مليون6|مليار9|ترليون12|آلاف3|ملايين6',
    az: 'K3|mln6|mlrd9|trln12|min3|milyon6|milyard9|trilyon12',
    be: 'тыс.3|млн6|млрд9|трлн12|тысяча3|мільён6|мільярд9|трыльён12|тысячы3|мільёны6|мільярды9|трыльёны12|тысяч3' +
      '|мільёнаў6|мільярдаў9|трыльёнаў12|мільёна6|мільярда9|трыльёна12',
    bg: 'хил.3|млн.6|млрд.9|трлн.12|хиляди3|милион6|милиона6|милиард9|милиарда9|трилион12|трилиона12',
    bn: 'হা3|লা5|শত কো9|লা.কো.12|হাজার3|লাখ5|কোটি7|লাখ কোটি12',
    bs: 'hilj.3|mil.6|mlrd.9|bil.12|hiljada3|milion6|milijarda9|bilion12|hiljade3|miliona6|milijarde9|biliona12' +
      '|milijardi9',
    ca: 'k3|M6|kM9|B12|miler3|milers3|milió6|milions6|miler de milions9|milers de milions9|bilió12|bilions12',
    cs: 'tis.3|mil.6|mld.9|bil.12|tisíc3|milion6|milionů6|miliarda9|miliard9|bilion12|bilionů12|tisíce3|miliony6' +
      '|miliardy9|biliony12|milionu6|bilionu12',
    cy: 'K3|M6|B9|T12|mil3|miliwn6|biliwn9|triliwn12',
    da: 't3|mio.6|mia.9|bio.12|tusind3|million6|millioner6|milliard9|milliarder9|billion12|billioner12',
    de: 'Mio.6|Mrd.9|Bio.12|Tausend3|Million6|Millionen6|Milliarde9|Milliarden9|Billion12|Billionen12',
    el: 'χιλ.3|εκ.6|δισ.9|τρισ.12|χιλιάδα3|χιλιάδες3|εκατομμύριο6|εκατομμύρια6|δισεκατομμύριο9|δισεκατομμύρια9' +
      '|τρισεκατομμύριο12|τρισεκατομμύρια12',
    en: 'K3|M6|B9|T12|thousand3|million6|billion9|trillion12',
    es: 'mil3|M6|mil M9|B12|millón6|millones6|mil millones9|billón12|billones12|k3|K3',
    et: 'tuh3|mln6|mld9|trln12|tuhat3|miljon6|miljonit6|miljard9|miljardit9|triljon12|triljonit12',
    eu: 'M6|B12|milioi6|bilioi12',
    fa: 'هزار3|میلیون6|میلیارد9|تریلیون12|هزارمیلیارد12',
    fi: 't.3|milj.6|mrd.9|bilj.12|tuhat3|tuhatta3|miljoona6|miljoonaa6|miljardi9|miljardia9|biljoona12|biljoonaa12',
    fil: 'K3|M6|B9|T12|libo3|milyon6|bilyon9|trilyon12|na libo3|na milyon6|na bilyon9|na trilyon12',
    fr: 'k3|M6|Md9|Bn12|millier3|mille3|million6|milliard9|billion12|millions6|milliards9|billions12',
    ga: 'k3|M6|B9|T12|mhíle3|míle3|mhilliún6|milliún6|bhilliún9|billiún9|trilliún12|thrilliún12|mbilliún9|dtrilliún12',
    gl: 'M6|B12|millón6|millóns6|billón12|billóns12',
    gu: 'હજાર3|લાખ5|કરોડ7|અબજ9|નિખર્વ11|મહાપદ્મ12',
    he: 'K3|M6|B9|T12|אלף3|מיליון6|מיליארד9|טריליון12',
    hi: 'हज़ार3|लाख5|क॰7|अ॰9|ख॰11|करोड़7|अरब9|खरब11',
    hr: 'tis.3|mil.6|mlr.9|bil.12|tisuća3|milijun6|milijarda9|bilijun12|tisuće3|milijuna6|milijarde9|bilijuna12' +
      '|milijardi9',
    hu: 'E3|M6|Mrd9|B12|ezer3|millió6|milliárd9|billió12',
    hy: 'հզր3|մլն6|մլրդ9|տրլն12|հազար3|միլիոն6|միլիարդ9|տրիլիոն12',
    id: 'rb3|jt6|M9|T12|ribu3|juta6|miliar9|triliun12',
    is: 'þ.3|m.6|ma.9|bn12|þúsund3|milljón6|milljarður9|billjón12|milljónir6|milljarðar9|billjónir12',
    it: 'Mln6|Mld9|Bln12|mila3|milione6|milioni6|miliardo9|miliardi9|mille miliardi12|mila miliardi12',
    ja: '万4|億8|兆12',
    ka: 'ათ.3|მლნ.6|მლრდ.9|მლრ.9|ტრლ.12|ათასი3|მილიონი6|მილიარდი9|ტრილიონი12',
    kk: 'мың3|м.3|млн6|млрд9|трлн12|миллион6|миллиард9|триллион12',
    km: 'ពាន់3|លាន6|ប៊ីលាន9|ទ្រីលាន12',
    kn: 'ಸಾ3|ಮಿ6|ಬಿ9|ಟ್ರಿ12|ಸಾವಿರ3|ಮಿಲಿಯನ್6|ಬಿಲಿಯನ್9|ಟ್ರಿಲಿಯನ್12',
    ko: '천3|만4|억8|조12',
    ky: 'миң3|млн6|млд9|трлн12|миллион6|миллиард9|триллион12',
    lo: 'ພັນ3|ລ້ານ6|ຕື້9|ລ້ານລ້ານ12|ລລ12|ແສນ5',
    lt: 'tūkst.3|mln.6|mlrd.9|trln.12|tūkstantis3|milijonas6|milijardas9|trilijonas12|tūkstančiai3|milijonai6' +
      '|milijardai9|trilijonai12|tūkstančio3|milijono6|milijardo9|trilijono12|tūkstančių3|milijonų6|milijardų9' +
      '|trilijonų12',
    lv: 'tūkst.3|milj.6|mljrd.9|trilj.12|tūkstošu3|tūkstoši3|miljonu6|miljoni6|miljardu9|miljardi9|triljonu12' +
      '|triljoni12|tūkstotis3|miljons6|miljards9|triljons12',
    mk: 'илј.3|мил.6|М6|милј.9|ми.9|бил.12|мј.9|илјада3|милион6|милијарда9|билион12|илјади3|милиони6|милијарди9' +
      '|билиони12',
    ml: 'K3|M6|B9|T12|ആയിരം3|ദശലക്ഷം6|ബില്യൺ9|ട്രില്യൺ12',
    mn: 'мянга3|сая6|тэрбум9|Т9|ИН12|их наяд12',
    mr: 'ह3|लाख5|कोटी7|अब्ज9|खर्व11|हजार3',
    ms: 'K3|J6|B9|T12|ribu3|juta6|bilion9|trilion12',
    nb: 'k3|mill.6|mrd.9|bill.12|tusen3|million6|millioner6|milliard9|milliarder9|billion12|billioner12',
    ne: 'हजार3|लाख5|अरब9|खरब11',
    nl: 'K3|mln.6|mld.9|bln.12|duizend3|miljoen6|miljard9|biljoen12',
    pa: 'ਹਜ਼ਾਰ3|ਲੱਖ5|ਕਰੋੜ7|ਅਰਬ9|ਖਰਬ11',
    pl: 'tys.3|mln6|mld9|bln12|tysiąc3|milion6|miliard9|bilion12|tysiące3|miliony6|miliardy9|biliony12|tysięcy3' +
      '|milionów6|miliardów9|bilionów12|tysiąca3|miliona6|miliarda9|biliona12',
    ps: 'K3|M6|B9|T12|G9',
    pt: 'mil3|mi6|bi9|tri12|milhão6|bilhão9|trilhão12|milhões6|bilhões9|trilhões12',
    ro: 'K3|mil.6|mld.9|tril.12|mie3|milion6|miliard9|trilion12|mii3|milioane6|miliarde9|trilioane12|de mii3' +
      '|de milioane6|de miliarde9|de trilioane12',
    ru: 'тыс.3|млн6|млрд9|трлн12|тысяча3|миллион6|миллиард9|триллион12|тысячи3|миллиона6|миллиарда9|триллиона12' +
      '|тысяч3|миллионов6|миллиардов9|триллионов12',
    sd: 'هزار3|ملين6|بلين9|ٽرلين12|ھزار3',
    si: 'ද3|මි6|බි9|ට්රි12|දහස3|මිලියන6|බිලියන9|ට්රිලියන12',
    sk: 'tis.3|mil.6|mld.9|bil.12|tisíc3|milión6|miliónov6|miliarda9|miliárd9|bilión12|biliónov12|tisíce3|milióny6' +
      '|miliardy9|bilióny12|tisíca3|milióna6|bilióna12',
    sl: 'tis.3|mio.6|mrd.9|bil.12|tisoč3|milijon6|milijarda9|bilijon12|milijona6|milijardi9|bilijona12|milijone6' +
      '|milijoni6|milijarde9|bilijoni12|milijonov6|milijard9|bilijonov12',
    so: 'K3|M6|B9|T12|kun3|Kun3|Milyan6|Bilyan9|Tirilyan12',
    sq: 'mijë3|mln6|mld9|bln12|milion6|miliard9|bilion12',
    sr: 'хиљ.3|мил.6|млрд.9|бил.12|хиљада3|милион6|милијарда9|билион12|хиљаде3|милиона6|милијарде9|билиона12' +
      '|милијарди9|hilj.3|mil.6|mlrd.9|bil.12|hiljada3|milion6|milijarda9|bilion12|hiljade3|miliona6|milijarde9' +
      '|biliona12|milijardi9',
    sv: 'tn3|mn6|md9|bn12|tusen3|miljon6|miljoner6|miljard9|miljarder9|biljon12|biljoner12',
    sw: 'elfu3|M6|B9|T12|milioni6|bilioni9|trilioni12',
    ta: 'ஆ3|மி6|பி9|டி12|ஆயிரம்3|மில்லியன்6|பில்லியன்9|டிரில்லியன்12',
    te: 'వే3|మి6|బి9|ట్రి12|వేయి3|వేలు3|మిలియన్6|మిలియన్లు6|బిలియన్9|బిలియన్లు9|ట్రిలియన్12|ట్రిలియన్లు12',
    th: 'K3|M6|B9|T12|พัน3|หมื่น4|แสน5|ล้าน6|พันล้าน9|หมื่นล้าน10|แสนล้าน11|ล้านล้าน12',
    tk: 'müň3|mln6|mlrd9|trln12|million6|milliard9|trillion12',
    tr: 'B3|Mn6|Mr9|Tn12|bin3|milyon6|milyar9|trilyon12',
    uk: 'тис.3|млн6|млрд9|трлн12|тисяча3|мільйон6|мільярд9|трильйон12|тисячі3|мільйони6|мільярди9|трильйони12|тисяч3' +
      '|мільйонів6|мільярдів9|трильйонів12|мільйона6|мільярда9|трильйона12',
    ur: 'ہزار3|لاکھ5|کروڑ7|ارب9|کھرب11|ٹریلین12',
    uz: 'ming3|mln6|mlrd9|trln12|million6|milliard9|trillion12|минг3|млн6|млрд9|трлн12|миллион6|миллиард9|трилион12',
    vi: 'N3|Tr6|T9|NT12|nghìn3|triệu6|tỷ9|nghìn tỷ12',
    zh: '万4|亿8|万亿12|萬4|億8|兆12',
    zu: 'K3|M6|B9|T12|inkulungwane3|isigidi6|isigidi sezigidi9|isigidintathu12',
    'en-IN': 'L5|Cr7|KCr10|LCr12',
    'fr-CA': 'G9|T12',
    'pt-PT': 'M6|mM9|Bi12|mil milhões9|bilião12|biliões12',
  });

  /** What sites write and the CLDR does not say. @type {Record<string, string>} */
  const SITES = {
    ca: 'm3',
    de: 'Tsd.3',
    en: 'k3|m6|b9|mn6|bn9|lakh5|lakhs5|crore7|crores7',
    fr: 'Mrd9|Mds9',
    it: 'k3',
  };

  globalThis.Amends = Object.assign(globalThis.Amends ?? { sites: [] }, { compactForms: { CLDR, SITES } });
})();
