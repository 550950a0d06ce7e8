// What a scene is built on: the whole companion from its composition root, with sample servers, a fixed clock and a settings
// file of its own.
#pragma once

#include "app/core/companion.h"
#include "scenes/sampleserver.h"

#include <QTemporaryDir>

#include <map>
#include <memory>

class QApplication;

namespace scenes {

class Stage
{
public:
    Stage(QApplication &application, app::Scheme scheme);

    // A server of this mood; the first added is in front.
    void addServer(const app::ServerEntry &entry, SampleServer::Mood mood);
    QString addProfile(const conductor::Profile &profile, SampleServer::Mood mood); // with a server of this mood; answers its id
    QString home() const { return m_home; } // HOME while it is built: empty, and its own
    QString profilesPath() const { return m_directory.filePath(QStringLiteral("profiles.json")); }
    SampleServer &server(const QString &id) { return *m_transports.at(id); }

    app::Settings &settings() { return m_companion.settings(); }
    app::Services &services() { return m_services; }
    app::Companion &companion() { return m_companion; }
    app::MainWindow &window() { return m_companion.window(); }

    app::Page *open(const QString &pageId); // starts the companion with that page, settled
    void settle();                          // until nothing is left to be answered or laid out

private:
    QTemporaryDir m_directory;
    QString m_home;
    std::map<QString, std::shared_ptr<SampleServer>> m_transports;
    std::vector<app::ServerEntry> m_entries;
    app::Services m_services; // starts nothing
    app::Companion m_companion;
};

// "local", a developer's own server; and a production one.
app::ServerEntry localServer();
app::ServerEntry productionServer();

} // namespace scenes
