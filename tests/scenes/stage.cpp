#include "scenes/stage.h"

#include "app/core/page.h"
#include "conductor/secret/memorystore.h"

#include <QApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace scenes {
namespace {

QString settingsWith(const QString &directory, app::Scheme scheme)
{
    const QString path = directory + u"/settings.json"_s;
    app::Settings(path).set(app::setting::scheme, scheme);
    return path;
}

QString emptyHome(const QString &directory)
{
    const QString home = directory + u"/home"_s;
    QDir().mkpath(home);
    qputenv("HOME", QFile::encodeName(home));
    return home;
}

} // namespace

Stage::Stage(QApplication &application, app::Scheme scheme)
    : m_home(emptyHome(m_directory.path()))
    , m_services(profilesPath(), std::make_shared<conductor::MemoryStore>())
    , m_companion(application, m_services, [this](const app::ServerEntry &entry) { return conductor::Client(m_transports.at(entry.id)); },
                  settingsWith(m_directory.path(), scheme), sceneTime)
{
    m_companion.window().resize(1280, 800);
}

void Stage::addServer(const app::ServerEntry &entry, SampleServer::Mood mood)
{
    m_transports[entry.id] = std::make_shared<SampleServer>(mood);
    m_entries.push_back(entry);
    m_companion.servers().show(m_entries);
}

QString Stage::addProfile(const conductor::Profile &profile, SampleServer::Mood mood)
{
    const conductor::Result<conductor::Profile> added = m_services.profiles().add(profile);
    if (!added)
        qFatal("%s", qPrintable(conductor::sentence(added.error())));
    addServer({.id = added->id, .name = added->name, .url = added->url, .production = added->production}, mood);
    return added->id;
}

app::Page *Stage::open(const QString &pageId)
{
    m_companion.settings().set(app::setting::lastPage, pageId);
    m_companion.start(app::Companion::Start::Shown);
    settle();
    return m_companion.window().currentPage();
}

// Answers come through the event loop: each round delivers what the round before caused.
void Stage::settle()
{
    for (int round = 0; round < 40; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

app::ServerEntry localServer()
{
    return {.id = u"local"_s, .name = u"local"_s, .url = QUrl(u"http://127.0.0.1:8080/api"_s)};
}

app::ServerEntry productionServer()
{
    return {.id = u"prod"_s, .name = u"Payments EU"_s, .url = QUrl(u"https://conductor.payments.example/api"_s), .production = true};
}

} // namespace scenes
