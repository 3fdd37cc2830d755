/// Types of `-u-` and `-t-` extensions that have another name.
///
/// Source: CLDR 48, the `alias` and `preferred` attributes of common/bcp47/*.xml whose value is well-formed, and
/// `subdivisionAlias` of common/supplemental/supplementalMetadata.xml; checked with ICU 78.2.
enum ExtensionAliases {
    /// The canonical type of a key.
    static func type(_ key: String, _ type: String) -> String {
        switch key {
        case "ca":
            switch type {
            case "ethiopic-amete-alem": "ethioaa"
            case "islamicc": "islamic-civil"
            default: type
            }
        case "kb", "kc", "kh", "kk", "kn": type == "yes" ? "true" : type
        case "ks": type == "primary" ? "level1" : type == "tertiary" ? "level3" : type
        case "ms": type == "imperial" ? "uksystem" : type
        case "d0": type == "name" ? "charname" : type
        case "m0": type == "names" ? "prprname" : type
        case "tz": LineTable(zones).value(type) ?? type
        case "rg", "sd": LineTable(subdivisions).value(type) ?? type
        default: type
        }
    }

    /// Time zones.
    private static let zones: StaticString = """
        aqams aqmcm
        aukns auhba
        caffs cawnp
        camtr cator
        canpg cator
        capnt caiql
        cathu cator
        cayzf caedm
        cet bebru
        cnckg cnsha
        cnhrb cnsha
        cnkhg cnurc
        cst6cdt uschi
        cuba cuhav
        eet grath
        egypt egcai
        eire iedub
        est papty
        est5edt usnyc
        factory unk
        gaza gazastrp
        gmt0 gmt
        hongkong hkhkg
        hst ushnl
        iceland isrey
        iran irthr
        israel jeruslm
        jamaica jmkin
        japan jptyo
        libya lytip
        met bebru
        mncoq mnuln
        mst usphx
        mst7mdt usden
        mxstis mxtij
        navajo usden
        poland plwaw
        portugal ptlis
        prc cnsha
        pst8pdt uslax
        roc twtpe
        rok krsel
        turkey trist
        uaozh uaiev
        uauzh uaiev
        uct utc
        umjon ushnl
        usnavajo usden
        wet ptlis
        zulu utc

        """

    /// Parts of countries.
    private static let subdivisions: StaticString = """
        cn11 cnbj
        cn12 cntj
        cn13 cnhe
        cn14 cnsx
        cn15 cnmn
        cn21 cnln
        cn22 cnjl
        cn23 cnhl
        cn31 cnsh
        cn32 cnjs
        cn33 cnzj
        cn34 cnah
        cn35 cnfj
        cn36 cnjx
        cn37 cnsd
        cn41 cnha
        cn42 cnhb
        cn43 cnhn
        cn44 cngd
        cn45 cngx
        cn46 cnhi
        cn50 cncq
        cn51 cnsc
        cn52 cngz
        cn53 cnyn
        cn54 cnxz
        cn61 cnsn
        cn62 cngs
        cn63 cnqh
        cn64 cnnx
        cn65 cnxj
        cn71 twzzzz
        cn91 hkzzzz
        cn92 mozzzz
        cz10a cz110
        cz10b cz111
        cz10c cz112
        cz10d cz113
        cz10e cz114
        cz10f cz115
        cz611 cz663
        cz612 cz632
        cz613 cz633
        cz614 cz634
        cz615 cz635
        cz621 cz641
        cz622 cz642
        cz623 cz643
        cz624 cz644
        cz626 cz646
        cz627 cz647
        czjc cz31
        czjm cz64
        czka cz41
        czkr cz52
        czli cz51
        czmo cz80
        czol cz71
        czpa cz53
        czpl cz32
        czpr cz10
        czst cz20
        czus cz42
        czvy cz63
        czzl cz72
        fi01 axzzzz
        fra frges
        frb frnaq
        frbl blzzzz
        frc frara
        frcp cpzzzz
        frd frbfc
        fre frbre
        frf frcvl
        frg frges
        frgf gfzzzz
        frgp gpzzzz
        frgua gpzzzz
        frh frcor
        fri frbfc
        frj fridf
        frk frocc
        frl frnaq
        frlre rezzzz
        frm frges
        frmay ytzzzz
        frmf mfzzzz
        frmq mqzzzz
        frn frocc
        frnc nczzzz
        fro frhdf
        frp frnor
        frpf pfzzzz
        frpm pmzzzz
        frq frnor
        frr frpdl
        frre rezzzz
        frs frhdf
        frt frnaq
        frtf tfzzzz
        fru frpac
        frv frara
        frwf wfzzzz
        fryt ytzzzz
        laxn laxs
        lud lucl
        lug luec
        lul luca
        mrnkc mr13
        nlaw awzzzz
        nlcw cwzzzz
        nlsx sxzzzz
        no23 no50
        nzn nzauk
        nzs nzcan
        omba ombj
        omsh omsj
        plds pl02
        plkp pl04
        pllb pl08
        plld pl10
        pllu pl06
        plma pl12
        plmz pl14
        plop pl16
        plpd pl20
        plpk pl18
        plpm pl22
        plsk pl26
        plsl pl24
        plwn pl28
        plwp pl30
        plzp pl32
        shta tazzzz
        tteto tttob
        ttrcm ttmrc
        ttwto tttob
        twkhq twkhh
        twtnq twtnn
        twtpq twnwt
        twtxq twtxg
        usas aszzzz
        usgu guzzzz
        usmp mpzzzz
        uspr przzzz
        usum umzzzz
        usvi vizzzz

        """
}
