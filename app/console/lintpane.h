// Whether every AI client takes the tools of the server as they are: what was found, tool by tool, or that nothing was.
#pragma once

#include <QJsonArray>
#include <QWidget>

class QLabel;
class QStandardItemModel;

namespace app {

class Table;

class LintPane : public QWidget
{
    Q_OBJECT

public:
    explicit LintPane(QWidget *parent = nullptr);

    void show(const QJsonArray &tools);
    using QWidget::show;

private:
    QLabel *m_summary;
    QStandardItemModel *m_findings;
    Table *m_table;
};

} // namespace app
