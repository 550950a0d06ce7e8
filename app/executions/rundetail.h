// A run as a whole: why it failed, its facts, input, output and variables. The pane of the run page owns it.
#pragma once

#include "app/core/clock.h"
#include "conductor/model/execution.h"

#include <QWidget>

namespace app {

class FactsArea;
class JsonView;
class ReasonBox;

class RunDetail : public QWidget
{
    Q_OBJECT

public:
    explicit RunDetail(Clock clock, QWidget *parent = nullptr);

    void show(std::shared_ptr<const conductor::Execution> execution);
    using QWidget::show;
    void tick(); // time has passed

Q_SIGNALS:
    void copied();

private:
    void showFacts();

    Clock m_clock;
    std::shared_ptr<const conductor::Execution> m_execution;
    ReasonBox *m_reason;
    FactsArea *m_facts;
    JsonView *m_input;
    JsonView *m_output;
    JsonView *m_variables;
};

} // namespace app
