// The workflow definitions of one server: the list, and the one that is open. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"
#include "app/core/settings.h"
#include "app/definitions/drafts.h"

#include <memory>

class QStackedWidget;
class QTimer;

namespace app {

class DefinitionDesk;
class DefinitionList;
class LiveDefinitions;
class Toast;

class DefinitionsPage : public Page
{
    Q_OBJECT

public:
    DefinitionsPage(Servers &servers, Settings &settings, Clock clock, QWidget *parent = nullptr);
    ~DefinitionsPage() override;

    void open(const QString &name, int version = 0); // 0: the newest, or the one that is being written
    void openNew();

    void setLive(bool live) override;
    void refresh() override;
    void focusSearch() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void openExecutionRequested(const QString &executionId);
    void runsRequested(const QString &name); // those of that workflow
    void serverWanted();                     // there is none yet

private:
    void connectServer();
    void showRows();
    void showList();
    void started(const QString &executionId, const QString &name);
    bool isListShown() const;

    Servers &m_servers;
    QString m_serverId;
    Drafts m_drafts;
    bool m_live = false;
    QString m_startedId;
    std::unique_ptr<LiveDefinitions> m_definitions; // of the server in front; null while there is none

    QStackedWidget *m_stack;
    DefinitionList *m_list;
    DefinitionDesk *m_desk;
    Toast *m_toast;
    QTimer *m_tick;
};

} // namespace app
