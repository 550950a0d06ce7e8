// What a definition was before it was replaced: a list, how the selected one differs from what the server has now, and the way to
// take it into the editor again. The desk owns it.
#pragma once

#include "app/definitions/definitionwork.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class DiffView;
class HistoryModel;
class MessageBar;
class Table;

class HistoryView : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryView(QWidget *parent = nullptr);

    void show(const conductor::DefinitionHistory &history, const OpenedDefinition &opened);
    using QWidget::show;

Q_SIGNALS:
    void restored(const QString &text); // to be written on, not stored
    void cancelled();

private:
    void build();
    void select(int row);

    OpenedDefinition m_opened;
    std::unique_ptr<conductor::DefinitionHistory> m_history;
    QString m_text; // of the selected one; empty: it cannot be read
    HistoryModel *m_model;
    QLabel *m_title;
    QLabel *m_sentence;
    MessageBar *m_message;
    Table *m_table;
    DiffView *m_diff;
    QPushButton *m_cancel;
    QPushButton *m_restore;
};

} // namespace app
