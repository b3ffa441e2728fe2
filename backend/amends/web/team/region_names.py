"""Names of regions in each language of the pages, where the table of holidays has them in others."""

CH = {
    "AG": ("Aargau", "Argovie"),
    "AI": ("Appenzell Innerrhoden", "Appenzell Rhodes-Intérieures"),
    "AR": ("Appenzell Ausserrhoden", "Appenzell Rhodes-Extérieures"),
    "BE": ("Bern", "Berne"),
    "BL": ("Basel-Landschaft", "Bâle-Campagne"),
    "BS": ("Basel-Stadt", "Bâle-Ville"),
    "FR": ("Fribourg", "Fribourg"),
    "GE": ("Geneva", "Genève"),
    "GL": ("Glarus", "Glaris"),
    "GR": ("Graubünden", "Grisons"),
    "JU": ("Jura", "Jura"),
    "LU": ("Lucerne", "Lucerne"),
    "NE": ("Neuchâtel", "Neuchâtel"),
    "NW": ("Nidwalden", "Nidwald"),
    "OW": ("Obwalden", "Obwald"),
    "SG": ("St. Gallen", "Saint-Gall"),
    "SH": ("Schaffhausen", "Schaffhouse"),
    "SO": ("Solothurn", "Soleure"),
    "SZ": ("Schwyz", "Schwytz"),
    "TG": ("Thurgau", "Thurgovie"),
    "TI": ("Ticino", "Tessin"),
    "UR": ("Uri", "Uri"),
    "VD": ("Vaud", "Vaud"),
    "VS": ("Valais", "Valais"),
    "ZG": ("Zug", "Zoug"),
    "ZH": ("Zurich", "Zurich"),
    "Stadt Zurich": ("City of Zurich", "Ville de Zurich"),
}
AT = {
    "1": ("Burgenland", "Burgenland"),
    "2": ("Carinthia", "Carinthie"),
    "3": ("Lower Austria", "Basse-Autriche"),
    "4": ("Upper Austria", "Haute-Autriche"),
    "5": ("Salzburg", "Salzbourg"),
    "6": ("Styria", "Styrie"),
    "7": ("Tyrol", "Tyrol"),
    "8": ("Vorarlberg", "Vorarlberg"),
    "9": ("Vienna", "Vienne"),
}
CA = {
    "AB": ("Alberta", "Alberta"),
    "BC": ("British Columbia", "Colombie-Britannique"),
    "MB": ("Manitoba", "Manitoba"),
    "NB": ("New Brunswick", "Nouveau-Brunswick"),
    "NL": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    "NS": ("Nova Scotia", "Nouvelle-Écosse"),
    "NT": ("Northwest Territories", "Territoires du Nord-Ouest"),
    "NU": ("Nunavut", "Nunavut"),
    "ON": ("Ontario", "Ontario"),
    "PE": ("Prince Edward Island", "Île-du-Prince-Édouard"),
    "QC": ("Quebec", "Québec"),
    "SK": ("Saskatchewan", "Saskatchewan"),
    "YT": ("Yukon", "Yukon"),
}
BE = {
    "Flemish": ("Flemish Community", "Communauté flamande"),
    "French": ("French Community", "Communauté française"),
    "German": ("German-speaking Community", "Communauté germanophone"),
}
NAMES = {"AT": AT, "BE": BE, "CA": CA, "CH": CH}
"""Names of regions by country and code, in English and in French."""


def region_name(country: str, code: str, language: str) -> str:
    """What a region is called in a language of the pages; empty where the table of holidays says it well."""
    names = NAMES.get(country, {}).get(code)
    return names[language == "fr"] if names else ""
