"""Names of the actions for people."""

from medtrud.engines.journal.public import titles_declare

titles_declare(
    {
        "files.file_destroy": "Уничтожить содержимое файла",
        "files.file_open": "Открыть файл",
        "files.file_put": "Загрузить файл",
        "files.files_put_many": "Загрузить файлы списком",
        "files.file_share": "Открыть файл другим",
        "files.file_unshare": "Закрыть файл для других",
    }
)
