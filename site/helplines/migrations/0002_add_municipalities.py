from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helplines", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="helpline",
            name="municipalities",
            field=models.JSONField(
                blank=True, default=list, verbose_name="alleen in deze gemeenten"
            ),
        ),
    ]
