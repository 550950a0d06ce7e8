// The servers page with its own file of profiles, a keychain in memory, and hands that use its widgets as a person does.
#pragma once

#include "app/profiles/serverspage.h"
#include "conductor/secret/memorystore.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace support {

class ServersPageFixture
{
public:
    // secrets: null for the session's keychain. The clock is the system's unless now is set.
    explicit ServersPageFixture(std::shared_ptr<conductor::SecretStore> secrets, const QString &profilesPath,
                                const mcp::Host::Setup &host = {app::serverProgram(), mcp::rendezvousPath()})
        : services(profilesPath, std::move(secrets), host)
        , servers([this](const app::ServerEntry &server) { return connectTo(server); })
    {
        QObject::connect(&services.profiles(), &conductor::ProfileStore::changed, &servers, [this] { showServers(); });
    }

    void open()
    {
        services.profiles().load(); // a file that does not parse is what some tests are about
        showServers();
        page = std::make_unique<app::ServersPage>(services, servers, [this] { return now.isValid() ? now : QDateTime::currentDateTimeUtc(); });
        page->resize(1080, 800);
        page->show();
        page->setLive(true);
    }

    void add(const conductor::Profile &profile) { QVERIFY(services.profiles().add(profile)); }

    QString idOf(const QString &name)
    {
        const conductor::Result<conductor::Profile> found = services.profiles().named(name);
        return found ? found->id : QString();
    }

    // Shown parts of the page, by what a person reads on them.
    QLineEdit *field(const QString &name) const
    {
        return shown<QLineEdit>([&](const QLineEdit &edit) { return edit.accessibleName() == name; });
    }
    QPushButton *button(const QString &text) const
    {
        return shown<QPushButton>([&](const QPushButton &button) { return button.text() == text; });
    }
    QCheckBox *box(const QString &beginning) const
    {
        return shown<QCheckBox>([&](const QCheckBox &box) { return box.text().startsWith(beginning); });
    }
    bool says(const QString &part) const
    {
        return shown<QLabel>([&](const QLabel &label) { return label.text().contains(part); });
    }
    QString texts() const
    {
        QStringList all;
        const auto labels = page->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'\n');
    }

    bool press(const QString &text) const
    {
        QPushButton *found = button(text);
        if (!found || !found->isEnabled())
            return false;
        QTest::mouseClick(found, Qt::LeftButton);
        return true;
    }
    bool type(const QString &name, const QString &text) const
    {
        QLineEdit *edit = field(name);
        if (!edit || !edit->isEnabled())
            return false;
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        return true;
    }

    app::Services services;
    app::Servers servers;
    std::unique_ptr<app::ServersPage> page;
    QDateTime now;

private:
    template <typename Widget, typename Fits>
    Widget *shown(Fits fits) const
    {
        const auto all = page->findChildren<Widget *>();
        for (Widget *widget : all) {
            if (widget->isVisible() && fits(*widget))
                return widget;
        }
        return nullptr;
    }

    conductor::Client connectTo(const app::ServerEntry &server)
    {
        const conductor::Profile *profile = services.profiles().find(server.id);
        return profile ? services.connectTo(*profile) : conductor::Client::to(server.url, conductor::fixedKey({}));
    }

    void showServers()
    {
        std::vector<app::ServerEntry> entries;
        for (const conductor::Profile &profile : services.profiles().profiles())
            entries.push_back({.id = profile.id, .name = profile.name, .url = profile.url, .production = profile.production});
        servers.show(std::move(entries));
    }
};

} // namespace support
