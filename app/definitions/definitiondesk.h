// One definition that is open: its text and graph, the differences before it is saved, the form that runs it. Keeps what is
// written as a draft. The page owns it.
#pragma once

#include "app/core/servers.h"
#include "app/core/settings.h"
#include "app/definitions/definitionwork.h"
#include "app/definitions/drafts.h"

#include <QWidget>

#include <memory>

class QStackedWidget;

namespace app {

class DefinitionEditor;
class DeskBar;
class EmptyState;
class HistoryView;
class LoadingBar;
class MessageBar;
class RunForm;
class SaveReview;

class DefinitionDesk : public QWidget
{
    Q_OBJECT

public:
    DefinitionDesk(Drafts &drafts, Settings &settings, QWidget *parent = nullptr);
    ~DefinitionDesk() override;

    void setServer(const ServerEntry &server, const conductor::Client &client); // closes what is open
    void open(const QString &name, int version); // 0: the one somebody is writing, or else the newest
    void openNew(const QString &name);
    void leave(); // keeps what is written
    void compareWith(const std::vector<conductor::DefinitionVersion> &versions); // of the server now

    QString name() const { return m_draft.name; }
    void openFind();
    bool closePane(); // false: only the definition itself is open

Q_SIGNALS:
    void closed();        // back to the list
    void draftsChanged();
    void versionsChanged(); // on the server
    void started(const QString &executionId, const QString &name);
    void said(const QString &text);

private:
    void build();
    void connectParts();
    void showFace(QWidget *face);
    void begin(Draft draft, const QString &title);
    void show(const OpenedDefinition &opened);
    void showState();
    void keep();
    conductor::Reply<conductor::Done> load(QString name, int version);
    conductor::Reply<conductor::Done> loadSurroundings();
    conductor::Reply<conductor::Done> check();
    void openFailed(const conductor::Error &error);
    void save();
    void review();
    void refused(const conductor::Error &error);
    void stored(const QString &name, int version, const QString &note);
    void run();
    void openHistory();
    void restore(const QString &text);
    void askToDelete();

    Drafts &m_drafts;
    ServerEntry m_server;
    std::unique_ptr<DefinitionWork> m_work;
    Draft m_draft; // of what is open; its text is the editor's
    OpenedDefinition m_opened;
    quint64 m_turn = 0; // counts what was opened: an answer for another is dropped
    bool m_isOpen = false;
    std::function<void()> m_messageAction;

    DeskBar *m_bar;
    MessageBar *m_message;
    LoadingBar *m_loading;
    QStackedWidget *m_stack;
    DefinitionEditor *m_editor;
    SaveReview *m_review;
    RunForm *m_run;
    HistoryView *m_history;
    EmptyState *m_empty;
    QWidget *m_blank; // until what is opened is there
};

} // namespace app
