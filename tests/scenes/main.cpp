// Renders every scene to PNG files and fails when one has a fault that can be told without looking:
//
//   scenes DIRECTORY [--pseudo] [--suffix TEXT] [NAME…]     NAME: only scenes whose name begins so
#include "scenes/catalogue.h"
#include "scenes/faults.h"
#include "scenes/pseudo.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QCursor>
#include <QDir>
#include <QLocale>
#include <QPixmap>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    std::fprintf(stdout, "%s\n", qPrintable(line));
}

// What code says about a missing icon is a fault of the scene.
QStringList &warnings()
{
    static QStringList said;
    return said;
}

void listen(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (message.startsWith(u"There is no icon"_s))
        warnings() << message;
    else if (type != QtDebugMsg && !message.contains(u"propagateSizeHints"_s) && !message.contains(u"systemTrayWindowChanged"_s))
        std::fprintf(stderr, "%s\n", qPrintable(message));
}

// How many faults it has.
int render(QApplication &application, const scenes::Scene &scene, app::Scheme scheme, const QString &path)
{
    warnings().clear();
    scenes::Stage stage(application, scheme);
    QWidget *shown = scene.build(stage);
    QStringList faults;
    if (!shown || !shown->grab().save(path))
        faults << u"cannot be saved"_s;
    if (shown && scene.walked) {
        for (const QString &fault : scenes::namelessControls(*shown))
            faults << u"has no name: "_s + fault;
        for (const QString &fault : scenes::clippedTexts(*shown))
            faults << u"is cut: "_s + fault;
        for (const QString &fault : scenes::unreachedByTab(*shown))
            faults << u"is not reached by Tab: "_s + fault;
    }
    faults << warnings();
    for (const QString &fault : std::as_const(faults))
        say(u"%1: %2"_s.arg(QFileInfo(path).fileName(), fault));
    return int(faults.size());
}

bool isWanted(const QString &name, const QStringList &wanted)
{
    return wanted.isEmpty() || std::any_of(wanted.begin(), wanted.end(), [&](const QString &beginning) { return name.startsWith(beginning); });
}

} // namespace

int main(int argc, char **argv)
{
    qInstallMessageHandler(listen);
    QApplication application(argc, argv);
    QCursor::setPos(5000, 5000); // nothing is hovered
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QFont font(u"Inter"_s);
    font.setPointSizeF(9.75); // 13 px
    QApplication::setFont(font);

    QCommandLineParser parser;
    parser.addPositionalArgument(u"directory"_s, u"Where the pictures go."_s);
    parser.addOption({u"pseudo"_s, u"In a language that is longer than English."_s});
    parser.addOption({u"suffix"_s, u"Said at the end of each picture's name."_s, u"text"_s});
    parser.process(application);
    QStringList wanted = parser.positionalArguments();
    if (wanted.isEmpty()) {
        say(u"usage: scenes DIRECTORY [--pseudo] [--suffix TEXT] [NAME…]"_s);
        return 2;
    }
    const QDir directory(wanted.takeFirst());
    directory.mkpath(u"."_s);
    scenes::PseudoTranslator pseudo;
    if (parser.isSet(u"pseudo"_s))
        QCoreApplication::installTranslator(&pseudo);

    int pictures = 0;
    int faults = 0;
    for (const scenes::Scene &scene : scenes::allScenes()) {
        if (!isWanted(scene.name, wanted))
            continue;
        for (const auto &[scheme, word] : {std::pair(app::Scheme::Light, u"light"_s), std::pair(app::Scheme::Dark, u"dark"_s)}) {
            faults += render(application, scene, scheme, directory.filePath(u"%1%2-%3.png"_s.arg(scene.name, parser.value(u"suffix"_s), word)));
            ++pictures;
        }
    }
    say(u"%1 pictures, %2 faults"_s.arg(pictures).arg(faults));
    return faults == 0 && pictures > 0 ? 0 : 1;
}
