// The first page: each server with how it is, what failed lately and what runs. Nothing when there is nothing to say.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"

#include <map>
#include <memory>

class QStackedWidget;
class QTimer;
class QVBoxLayout;

namespace app {

class EmptyState;
class PageHeader;
class ServerSection;
class ServerWatch;

class OverviewPage : public Page
{
    Q_OBJECT

public:
    OverviewPage(Servers &servers, Clock clock, QWidget *parent = nullptr);
    ~OverviewPage() override;

    void setLive(bool live) override;
    void refresh() override;

Q_SIGNALS:
    void openRequested(const QString &serverId, const QString &executionId);
    void searchRequested(const QString &serverId, const QString &text);
    void serverWanted(); // there is none yet
    void localServerWanted(); // there is none yet, and one with samples will do

private:
    struct Watched {
        ServerEntry server;
        std::unique_ptr<ServerWatch> watch;
        ServerSection *section;
    };

    void showServers();
    void watch(const ServerEntry &server);
    void tellHealth(const QString &id, const ServerWatch &watch);

    Servers &m_servers;
    Clock m_clock;
    bool m_live = false;
    PageHeader *m_header;
    QStackedWidget *m_stack;
    QVBoxLayout *m_sections;
    EmptyState *m_empty;
    QTimer *m_tick;
    std::map<QString, Watched> m_watched; // by the server's id
};

} // namespace app
