"""What things of the demo are called, in every language that SmartQueue speaks."""

from hub.domain.configuration import Names
from smartqueue.terms import Language


def _names(**texts: str) -> Names:
    return {Language(language): text for language, text in texts.items()}


SITE = _names(
    en="Riverside Clinic",
    hi="रिवरसाइड क्लिनिक",
    ar="عيادة ريفرسايد",
    bn="রিভারসাইড ক্লিনিক",
    ta="ரிவர்சைட் கிளினிக்",
    es="Clínica Riverside",
    fr="Clinique Riverside",
    pt="Clínica Riverside",
    sw="Kliniki ya Riverside",
    zh="河畔诊所",
)
GENERAL = _names(
    en="General Medicine",
    hi="सामान्य चिकित्सा",
    ar="الطب العام",
    bn="সাধারণ মেডিসিন",
    ta="பொது மருத்துவம்",
    es="Medicina general",
    fr="Médecine générale",
    pt="Clínica geral",
    sw="Tiba ya jumla",
    zh="普通内科",
)
PAEDIATRICS = _names(
    en="Paediatrics",
    hi="बाल चिकित्सा",
    ar="طب الأطفال",
    bn="শিশুরোগ",
    ta="குழந்தை மருத்துவம்",
    es="Pediatría",
    fr="Pédiatrie",
    pt="Pediatria",
    sw="Tiba ya watoto",
    zh="儿科",
)
CARDIOLOGY = _names(
    en="Cardiology",
    hi="हृदय रोग",
    ar="طب القلب",
    bn="হৃদরোগ",
    ta="இதய மருத்துவம்",
    es="Cardiología",
    fr="Cardiologie",
    pt="Cardiologia",
    sw="Magonjwa ya moyo",
    zh="心内科",
)
ORTHOPAEDICS = _names(
    en="Orthopaedics",
    hi="हड्डी रोग",
    ar="جراحة العظام",
    bn="অর্থোপেডিক্স",
    ta="எலும்பு மருத்துவம்",
    es="Ortopedia",
    fr="Orthopédie",
    pt="Ortopedia",
    sw="Tiba ya mifupa",
    zh="骨科",
)
LABORATORY = _names(
    en="Laboratory",
    hi="प्रयोगशाला",
    ar="المختبر",
    bn="ল্যাবরেটরি",
    ta="ஆய்வகம்",
    es="Laboratorio",
    fr="Laboratoire",
    pt="Laboratório",
    sw="Maabara",
    zh="检验科",
)
PHARMACY = _names(
    en="Pharmacy",
    hi="दवाखाना",
    ar="الصيدلية",
    bn="ফার্মেসি",
    ta="மருந்தகம்",
    es="Farmacia",
    fr="Pharmacie",
    pt="Farmácia",
    sw="Famasia",
    zh="药房",
)


def first_floor(area: int) -> Names:
    """One above the ground."""
    return _names(
        en=f"area {area}, first floor",
        hi=f"क्षेत्र {area}, पहली मंज़िल",
        ar=f"المنطقة {area}، الطابق الأول",
        bn=f"এলাকা {area}, দোতলা",
        ta=f"பகுதி {area}, முதல் தளம்",
        es=f"zona {area}, primer piso",
        fr=f"zone {area}, premier étage",
        pt=f"área {area}, primeiro andar",
        sw=f"eneo {area}, ghorofa ya kwanza",
        zh=f"{area}区，二楼",
    )


def ground_floor(area: int) -> Names:
    return _names(
        en=f"area {area}, ground floor",
        hi=f"क्षेत्र {area}, भूतल",
        ar=f"المنطقة {area}، الطابق الأرضي",
        bn=f"এলাকা {area}, নিচতলা",
        ta=f"பகுதி {area}, தரைத்தளம்",
        es=f"zona {area}, planta baja",
        fr=f"zone {area}, rez-de-chaussée",
        pt=f"área {area}, térreo",
        sw=f"eneo {area}, ghorofa ya chini",
        zh=f"{area}区，一楼",
    )
