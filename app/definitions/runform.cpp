#include "app/definitions/runform.h"

#include "app/definitions/codearea.h"
#include "app/definitions/jsoneditor.h"
#include "app/definitions/startertext.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/noteline.h"
#include "conductor/base/hostile.h"
#include "conductor/definition/printer.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Reply;
using conductor::Result;

namespace app {

RunForm::RunForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_unsaved(new NoteLine)
    , m_message(new MessageBar)
    , m_version(new QComboBox)
    , m_correlation(new QLineEdit)
    , m_input(new JsonEditor(tr("Input of the run")))
    , m_complaint(new NoteLine)
    , m_cancel(button(tr("Back to the text")))
    , m_start(button(tr("Start the run"), ButtonKind::Primary))
{
    build();
    connect(m_input, &JsonEditor::edited, this, &RunForm::checkInput);
    connect(m_version, &QComboBox::activated, this, [this] { chooseVersion(m_version->currentData().toInt()); });
    connect(m_cancel, &QPushButton::clicked, this, &RunForm::cancelled);
    connect(m_start, &QPushButton::clicked, this, &RunForm::order);
    connect(m_correlation, &QLineEdit::returnPressed, this, &RunForm::order);
}

void RunForm::build()
{
    setTextStyle(*m_title, TextStyle::Section);
    m_title->setTextFormat(Qt::PlainText);
    m_version->setAccessibleName(tr("Version to run"));
    m_correlation->setMaxLength(1000);
    m_correlation->setPlaceholderText(tr("Optional: finds the run again, such as an order number"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Metrics::rowGap);
    form->setVerticalSpacing(Metrics::rowGap);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Version"), m_version);
    form->addRow(tr("Correlation id"), m_correlation);
    m_input->area().setFrameShape(QFrame::StyledPanel);
    auto *label = new QLabel(tr("Input"));
    label->setBuddy(m_input);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_start);

    auto *fields = new QWidget;
    fields->setMaximumWidth(Metrics::formWidth + 2 * Metrics::pageMargin);
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    column->setSpacing(Metrics::rowGap);
    column->addWidget(m_title);
    column->addWidget(m_unsaved);
    column->addWidget(m_message);
    column->addLayout(form);
    column->addWidget(label);
    column->addWidget(m_input, 1);
    column->addWidget(m_complaint);
    column->addLayout(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(fields, 1);
    layout->addStretch(0);
}

void RunForm::begin(DefinitionWork *work, const OpenedDefinition &opened, bool hasUnsavedChanges)
{
    ++m_turn;
    m_work = work;
    m_message->close();
    m_unsaved->say(hasUnsavedChanges ? QStringList{tr("It runs as the server has it: your unsaved changes are not in it.")} : QStringList());
    m_version->clear();
    for (auto version = opened.versions.rbegin(); version != opened.versions.rend(); ++version)
        m_version->addItem(version == opened.versions.rbegin() ? tr("%1, the newest").arg(*version) : QString::number(*version), *version);
    m_version->setCurrentIndex(std::max(0, m_version->findData(opened.version)));
    fill(*opened.definition);
    setStarting(false);
    m_input->setFocus(Qt::OtherFocusReason);
}

void RunForm::fill(const conductor::WorkflowDefinition &definition)
{
    const bool isWritten = m_name == definition.name && m_input->text() != m_filled;
    m_name = definition.name;
    m_title->setText(tr("Run %1").arg(conductor::harmless(m_name, 80)));
    if (!isWritten) {
        m_filled = conductor::jsonText(startingInput(definition));
        m_input->open(m_filled);
    }
    checkInput();
}

void RunForm::setStarting(bool starting)
{
    m_start->setEnabled(!starting);
    m_start->setText(starting ? tr("Starting …") : tr("Start the run"));
}

void RunForm::checkInput()
{
    const QString text = m_input->text();
    const conductor::JsonPositions positions = conductor::positionsIn(text);
    QStringList complaints;
    std::vector<conductor::Problem> problems;
    if (positions.fault) {
        complaints << tr("Line %1: %2").arg(positions.fault->at.line).arg(conductor::harmless(positions.fault->message, 200));
        problems.push_back({.severity = conductor::Problem::Severity::Error,
                            .message = positions.fault->message,
                            .line = positions.fault->at.line,
                            .column = positions.fault->at.column});
    } else if (!QJsonDocument::fromJson(text.toUtf8()).isObject()) {
        complaints << tr("The input of a workflow is one JSON object, in braces.");
    }
    m_complaint->say(complaints);
    m_input->show(problems);
    m_start->setToolTip(complaints.isEmpty() ? QString() : tr("The input has to be JSON first"));
}

void RunForm::order()
{
    const QJsonDocument input = QJsonDocument::fromJson(m_input->text().toUtf8());
    if (input.isObject()) {
        start({.name = m_name, .version = m_version->currentData().toInt(), .input = input.object(), .correlationId = m_correlation->text()});
        return;
    }
    if (const auto fault = conductor::positionsIn(m_input->text()).fault)
        m_input->goTo(fault->at);
    m_input->setFocus(Qt::OtherFocusReason);
}

// What was not written in follows the version: its parameters may be others.
Reply<Done> RunForm::chooseVersion(int version)
{
    const quint64 turn = m_turn;
    if (!m_work)
        co_return Done{};
    const Result<OpenedDefinition> opened = co_await outcome(m_work->open(m_name, version));
    if (turn != m_turn || version != m_version->currentData().toInt())
        co_return Done{};
    if (opened)
        fill(*opened->definition);
    else
        m_message->sayError(tr("Version %1 could not be read: %2").arg(QString::number(version), conductor::harmless(opened.error().message, 200)), opened.error());
    co_return Done{};
}

Reply<Done> RunForm::start(conductor::StartOrder order)
{
    const quint64 turn = m_turn;
    if (!m_work || !m_start->isEnabled())
        co_return Done{};
    m_message->close();
    setStarting(true);
    const Result<QString> id = co_await outcome(m_work->start(order));
    if (turn == m_turn)
        setStarting(false);
    if (id)
        Q_EMIT started(*id, order.name);
    else if (turn == m_turn)
        m_message->sayError(tr("The run was not started: %1").arg(conductor::harmless(id.error().message, 300)), id.error());
    co_return Done{};
}

} // namespace app
