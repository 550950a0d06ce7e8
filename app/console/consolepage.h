// A console for one's own server, as AI clients see it: its tools, resources and prompts to look at and to call, in any revision of
// the protocol. The window owns it; its session begins when the page is first looked at, and ends when it was left for long.
#pragma once

#include "app/console/consolesession.h"
#include "app/console/offered.h"
#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"
#include "conductor/profile/profilestore.h"

#include <optional>

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace app {

struct ConsoleCall;
class CallsPane;
class EmptyState;
class LintPane;
class LoadingBar;
class MessageBar;
class OfferPane;
class PageHeader;
class PlainTextPane;
class QuestionPanel;

class ConsolePage : public Page
{
    Q_OBJECT

public:
    ConsolePage(conductor::ProfileStore &profiles, Servers &servers, Clock clock, ConsoleSession::Open open, QWidget *parent = nullptr);
    ~ConsolePage() override;

    void setLive(bool live) override;
    void refresh() override; // the session anew
    void focusContent() override;
    bool closePane() override;

    ConsoleSession &session() { return *m_session; }

public Q_SLOTS:
    // Opens the form of the tool with these arguments, against the profile of that id or name; calls nothing.
    void replay(const QString &tool, const QJsonObject &arguments, const QString &profile);

Q_SIGNALS:
    void serverWanted();

private:
    struct Running {
        quint64 ticket = 0;
        OfferPane *pane = nullptr;
    };

    void build();
    void connectSession();
    void connectPane(OfferPane *pane);
    void showServers();
    void start();
    void startFor(const QString &serverId);
    void showState();
    void showOffer();
    void fillIn();
    void switchTool(const QString &tool, bool on);
    void log(const QString &line);
    bool isBusy() const;
    const ServerEntry *server() const;
    OfferPane *paneOf(Offered::Kind kind) const;

    conductor::Reply<conductor::Done> call(OfferPane *pane, Offered offered, QJsonObject arguments);
    conductor::Reply<conductor::Done> complete(OfferPane *pane, Offered offered, QString argument, QString typed, QJsonObject others);
    conductor::Reply<conductor::Done> watch(QString address, bool wanted);

    struct Wanted {
        Offered::Kind kind;
        QString name;
        QJsonObject arguments;
    };

    conductor::ProfileStore &m_profiles;
    Servers &m_servers;
    Clock m_clock;
    ConsoleSession *m_session;
    std::vector<Running> m_running;
    std::optional<Wanted> m_wanted; // to be filled in when the offer is there
    QStringList m_watched;
    QString m_log;
    bool m_live = false;

    PageHeader *m_header;
    QComboBox *m_server;
    QComboBox *m_revision;
    QPushButton *m_restart;
    LoadingBar *m_loading;
    MessageBar *m_message;
    QuestionPanel *m_question;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTabWidget *m_tabs;
    OfferPane *m_tools;
    OfferPane *m_resources;
    OfferPane *m_prompts;
    CallsPane *m_calls;
    LintPane *m_lint;
    PlainTextPane *m_output;
    QTimer *m_away;
};

} // namespace app
