// The calls made in this console, with what was sent and what came back; any of them can be made again.
#pragma once

#include "app/console/consolecall.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class CallsModel;
class JsonView;
class ResultPane;
class Table;

class CallsPane : public QWidget
{
    Q_OBJECT

public:
    explicit CallsPane(QWidget *parent = nullptr);

    CallsModel &calls() { return *m_calls; }

Q_SIGNALS:
    void againWanted(const app::ConsoleCall &call); // filled in, not called
    void copied();

private:
    void showSelected();

    CallsModel *m_calls;
    Table *m_table;
    QLabel *m_none;
    QWidget *m_detail;
    JsonView *m_arguments;
    ResultPane *m_result;
    QPushButton *m_again;
};

} // namespace app
