"""The name pools that :mod:`make` draws from: home language -> given names and family names.

All people are invented. A given name is used once in the school, so that "Mina R." is one person.
"""

POOLS: dict[str, tuple[str, str]] = {
    "en": (
        (
            "Amelia Austin Brooke Caleb Carter Daisy Derrick Eli Ellie Faith Gavin Hazel Hunter Imani Isla Jasmine Jonah "
            "Kayla Keon Lena Levi Lydia Malik Mason Maya Miles Nora Nia Oliver Paige Piper Reuben Ruby Silas Simone "
            "Tessa Theo Trevon Violet Wyatt Winona Zeke Autumn Dakota Cora Darius Esme Felix Gia Harper "
            "Bennett Clara Desmond Edie Finn Georgia Hugo Ivy Jasper Keziah Logan Margot Nolan Odette Phoebe Reid "
            "Sadie Tyrell"
        ),
        (
            "Adams Bell Brooks Carver Dawson Ellis Foster Grant Hayes Hollow Irving Jennings Keller Lawson Mercer Nash "
            "Owens Parrish Quill Redcloud Sawyer Tate Underwood Vance Whitaker York Bright Coleman Dupree Fairchild"
        ),
    ),
    "es": (
        (
            "Adriana Alejandro Beatriz Camila Carlos Daniela Diego Esperanza Esteban Fernanda Gael Inés Itzel Javier "
            "Jimena Julián Lourdes Luz Mateo Nicolás Paloma Rafael Renata Rosa Santiago Sofía Valeria Xiomara Yesenia Ángel "
            "Emilio Graciela Héctor Marisol Octavio Pilar Rubén Ximena"
        ),
        (
            "Aguilar Barrera Cabrera Delgado Escobar Fuentes Galindo Herrera Ibarra Juárez Lozano Medina Navarro Ochoa "
            "Paredes Quintero Rosales Salcedo Trejo Urrutia Valdez Zamora"
        ),
    ),
    "vi": ("An Bao Linh Minh Thanh Trang Khoa", "Bui Dang Ho Ngo Phan Vo"),
    "so": ("Abdi Ayaan Hodan Ifrah Liban Sahra Warsame", "Abukar Dahir Farole Guled Jama Nur"),
    "ar": ("Amina Bilal Karim Leila Omar Rania Tariq", "Darwish Haddad Khalil Mansour Nasser Saleh"),
    "zh": ("Jun Mei Wei Xinyi Yichen", "Chen Liang Song Wu Zhao"),
    "ht": ("Darline Jean Mirlande Ricardo Widline", "Baptiste Charles Desir Estime Pierre"),
    "pt": ("Bruna Caio Thiago Larissa Paulo Vitória", "Barbosa Moreira Pinto Teixeira"),
    "uk": ("Bohdan Daryna Oksana Taras Iryna Petro", "Bondar Kravets Melnyk Shevchuk"),
    "hi": ("Anaya Kabir Rohan Tara Meera Vikram", "Bhatt Kapoor Mehta Saxena"),
    "tl": ("Amihan Jomar Ligaya Danilo Rosario Tala", "Bautista Magsaysay Ocampo"),
    "ko": ("Haneul Jiho Sora Minseo Dongwoo Yuna", "Bae Kwon Yoon"),
}
"""Home language as an ISO 639-1 code -> (given names, family names), each separated by spaces."""

HOMES = {"en": 45, "es": 30, "vi": 6, "so": 6, "ar": 6, "zh": 4, "ht": 4, "pt": 3, "uk": 3, "hi": 3, "tl": 2, "ko": 2}
"""How many of about a hundred homes speak each language."""
