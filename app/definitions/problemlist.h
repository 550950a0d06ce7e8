// The problems of a definition below its text, with their counts in words; choosing one goes there. The desk owns it.
#pragma once

#include "app/look/metrics.h"
#include "conductor/definition/problem.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class ProblemsModel;
class Table;

class ProblemList : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemList(QWidget *parent = nullptr);

    void show(std::vector<conductor::Problem> problems);
    using QWidget::show;
    void setDensity(Density density);
    void setChecking(bool checking); // the server is asked
    const ProblemsModel &model() const { return *m_model; }

Q_SIGNALS:
    void chosen(const conductor::Problem &problem); // by click, arrow keys or Enter
    void checkRequested();                          // by the server

private:
    void choose(int row);

    ProblemsModel *m_model;
    QLabel *m_counts;
    QPushButton *m_check;
    Table *m_table;
};

} // namespace app
