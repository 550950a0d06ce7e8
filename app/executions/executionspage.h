// The runs of one server: one search box, chips for the status, a table that stays current. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"
#include "app/core/settings.h"

#include <memory>

class QStackedWidget;
class QTimer;

namespace app {

class EmptyState;
class FilterChip;
class LiveSearch;
class LoadingBar;
class MessageBar;
class NoteLine;
class PageHeader;
class SearchField;
class Table;

class ExecutionsPage : public Page
{
    Q_OBJECT

public:
    ExecutionsPage(Servers &servers, Settings &settings, Clock clock, QWidget *parent = nullptr);
    ~ExecutionsPage() override;

    void setSearch(const QString &text);
    QString search() const;

    void setLive(bool live) override;
    void refresh() override;
    void focusSearch() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void openRequested(const QString &executionId);
    void serverWanted();      // there is none yet
    void definitionsWanted(); // nothing runs yet

private:
    void build();
    void buildTable();
    QWidget *buildFilters();
    void connectServer();
    void showColumns();
    void searchTextChanged(const QString &text);
    void statusesToggled();
    void answerShown();
    void answerFailed();
    void showEmptiness();
    void updateHint();
    void updateNotes();
    void open(const QModelIndex &index);
    void offerRowActions(QPoint position);
    void copyId(const QString &id);
    bool isFiltered() const;

    Servers &m_servers;
    Settings &m_settings;
    Clock m_clock;
    QString m_serverId;
    bool m_live = false;
    QStringList m_complaints;
    std::unique_ptr<LiveSearch> m_search; // of the server in front; null while there is none

    PageHeader *m_header;
    SearchField *m_field;
    std::vector<std::pair<QString, FilterChip *>> m_chips; // by the server's word
    NoteLine *m_notes;
    MessageBar *m_message;
    LoadingBar *m_loading;
    QStackedWidget *m_stack;
    Table *m_table;
    EmptyState *m_empty;
    QTimer *m_tick;
    std::function<void()> m_emptyAction;
};

} // namespace app
