// All definitions of a server: search, table, and what it says when there are none. Shows what its page hands it. The page owns it.
#pragma once

#include "app/core/settings.h"
#include "app/definitions/definitionsmodel.h"
#include "conductor/base/result.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace app {

class EmptyState;
class LoadingBar;
class MessageBar;
class PageHeader;
class SearchField;
class Table;

class DefinitionList : public QWidget
{
    Q_OBJECT

public:
    DefinitionList(Settings &settings, Clock clock, QWidget *parent = nullptr);

    void show(std::vector<DefinitionRow> rows);
    using QWidget::show;
    void showError(const conductor::Error &error); // the rows stay, when there are any
    void showNoServer();
    void clear(); // before another server's are shown
    void setLoading(bool loading);
    void tick() { m_model->tick(); }

    void setSearch(const QString &words);
    void focusSearch();
    void focusTable();
    bool closePane();
    const DefinitionsModel &model() const { return *m_model; }

Q_SIGNALS:
    void openRequested(const QString &name);
    void newRequested();
    void runsRequested(const QString &name); // of that workflow
    void said(const QString &text);
    void refreshRequested();
    void serverWanted();

private:
    void build();
    void filter(const QString &words);
    void offerRowActions(QPoint position);
    void showFitting();

    DefinitionsModel *m_model;
    PageHeader *m_header;
    SearchField *m_field;
    MessageBar *m_message;
    LoadingBar *m_loading;
    QStackedWidget *m_stack;
    Table *m_table;
    EmptyState *m_empty;
    QPushButton *m_new = nullptr;
    std::function<void()> m_emptyAction;
};

} // namespace app
