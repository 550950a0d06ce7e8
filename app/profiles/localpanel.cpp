#include "app/profiles/localpanel.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/statusbadge.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;
using State = conductor::LocalServer::State;

namespace app {

StatusLook localLook(State state)
{
    switch (state) {
    case State::Stopped:
        return {StatusFamily::Quiet, u"square"_s, LocalPanel::tr("Stopped")};
    case State::Absent:
        return {StatusFamily::NeedsYou, u"triangle-alert"_s, LocalPanel::tr("Not installed")};
    case State::Starting:
        return {StatusFamily::Active, u"loader-circle"_s, LocalPanel::tr("Starting")};
    case State::Ready:
        return {StatusFamily::Good, u"circle-check"_s, LocalPanel::tr("Running")};
    case State::Stopping:
        return {StatusFamily::Active, u"loader-circle"_s, LocalPanel::tr("Stopping")};
    case State::Failed:
        return {StatusFamily::Bad, u"circle-x"_s, LocalPanel::tr("Failed")};
    }
    return {};
}

LocalPanel::LocalPanel(QWidget *parent)
    : QWidget(parent)
    , m_state(new StatusBadge)
    , m_text(new QLabel)
    , m_demo(new QCheckBox(tr("With sample workflows and workers that drive them")))
    , m_start(button(tr("Start")))
    , m_stop(button(tr("Stop")))
    , m_logTitle(new QLabel)
    , m_log(new PlainTextPane(tr("Log of the local server")))
{
    build();
    m_demo->setChecked(true);
    connect(m_demo, &QCheckBox::clicked, this, [this] { m_chosen = true; });
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(m_demo->isChecked()); });
    connect(m_stop, &QPushButton::clicked, this, &LocalPanel::stopRequested);
}

void LocalPanel::build()
{
    auto *title = new QLabel(tr("Local server"));
    setTextStyle(*title, TextStyle::Strong);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTextStyle(*m_logTitle, TextStyle::Hint);
    m_logTitle->setTextFormat(Qt::PlainText);
    m_logTitle->setWordWrap(true);
    m_log->setFixedHeight(m_log->fontMetrics().lineSpacing() * 9);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);

    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(title);
    line->addWidget(m_state);
    line->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(line);
    layout->addWidget(m_text);
    layout->addWidget(m_demo);
    layout->addLayout(buttons);
    layout->addWidget(m_logTitle);
    layout->addWidget(m_log);
}

void LocalPanel::show(const LocalFacts &facts)
{
    const bool runs = facts.state == State::Starting || facts.state == State::Ready;
    m_state->show(localLook(facts.state));
    m_start->setVisible(!runs);
    m_start->setEnabled(facts.state != State::Stopping);
    m_start->setText(facts.state == State::Failed || facts.state == State::Absent ? tr("Try again") : tr("Start"));
    m_stop->setVisible(runs);
    m_demo->setEnabled(!runs);
    if (runs) {
        m_demo->setChecked(facts.demoWanted);
        m_chosen = false;
    } else if (!m_chosen && facts.demoWanted) {
        m_demo->setChecked(true);
    }
    showText(facts);
    showLog(facts);
}

void LocalPanel::showText(const LocalFacts &facts)
{
    QStringList said;
    switch (facts.state) {
    case State::Stopped:
    case State::Stopping:
        said << tr("A Conductor server of your own on this machine. It is ready in about half a minute and ends with the companion.");
        break;
    case State::Starting:
        said << tr("It comes up in about half a minute.");
        break;
    case State::Ready:
        said << tr("Ready at %1").arg(facts.url.toString());
        break;
    case State::Absent:
    case State::Failed:
        break;
    }
    if (facts.trouble)
        said << tr("%1.").arg(conductor::harmless(conductor::sentence(*facts.trouble), 600));
    if (facts.demoTrouble)
        said << tr("The sample workflows are not there: %1.").arg(conductor::harmless(conductor::sentence(*facts.demoTrouble), 300));
    m_text->setText(said.join(u'\n'));
}

// What it printed matters while it comes up and when it failed.
void LocalPanel::showLog(const LocalFacts &facts)
{
    const bool matters = !facts.lastLines.isEmpty() && (facts.state == State::Starting || facts.state == State::Failed);
    m_logTitle->setVisible(matters);
    m_log->setVisible(matters);
    const QString text = facts.lastLines.join(u'\n');
    if (!matters || text == m_log->whole())
        return;
    m_logTitle->setText(tr("The end of its log, %1").arg(facts.logFile));
    m_log->show(text);
    m_log->verticalScrollBar()->setValue(m_log->verticalScrollBar()->maximum());
}

} // namespace app
