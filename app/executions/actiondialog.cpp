#include "app/executions/actiondialog.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace app {
namespace {

QLabel *plainLabel(const QString &text, TextStyle style)
{
    auto *label = new QLabel(text);
    setTextStyle(*label, style);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ActionDialog::ActionDialog(const QString &verb, const QString &object, const QString &consequence, QWidget *parent)
    : QDialog(parent)
    , m_confirm(button(verb))
    , m_cancel(button(tr("Cancel")))
    , m_fields(new QVBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(verb);
    setAccessibleDescription(consequence);
    m_fields->setSpacing(Metrics::rowGap);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_confirm);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    m_cancel->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin);
    layout->setSpacing(Metrics::groupGap);
    auto *title = new QVBoxLayout;
    title->setSpacing(Metrics::unit);
    title->addWidget(plainLabel(verb, TextStyle::Section));
    title->addWidget(plainLabel(object, TextStyle::Hint));
    layout->addLayout(title);
    layout->addWidget(plainLabel(consequence, TextStyle::Base));
    layout->addLayout(m_fields);
    layout->addLayout(buttons);
    setMinimumWidth(440);
    m_cancel->setFocus(Qt::OtherFocusReason);

    connect(m_confirm, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
}

void ActionDialog::askText(const QString &label, const QString &placeholder)
{
    m_text = new QLineEdit;
    m_text->setPlaceholderText(placeholder);
    addField(label, m_text);
    m_text->setFocus(Qt::OtherFocusReason);
}

void ActionDialog::offer(const QString &choice)
{
    m_choice = new QCheckBox(choice);
    m_fields->addWidget(m_choice);
}

void ActionDialog::demandName(const QString &name)
{
    auto *field = new QLineEdit;
    addField(tr("This is a production server: type %1 to go on").arg(conductor::harmless(name, 80)), field);
    m_confirm->setEnabled(false);
    connect(field, &QLineEdit::textChanged, this, [this, name](const QString &typed) { m_confirm->setEnabled(typed == name); });
}

QString ActionDialog::text() const
{
    return m_text ? m_text->text().trimmed() : QString();
}

bool ActionDialog::isTicked() const
{
    return m_choice && m_choice->isChecked();
}

void ActionDialog::done(int result)
{
    if (result == Accepted)
        Q_EMIT confirmed();
    QDialog::done(result);
}

void ActionDialog::addField(const QString &label, QLineEdit *field)
{
    auto *words = plainLabel(label, TextStyle::Base);
    words->setBuddy(field);
    field->setAccessibleName(label);
    auto *place = new QVBoxLayout;
    place->setSpacing(Metrics::unit);
    place->addWidget(words);
    place->addWidget(field);
    m_fields->addLayout(place);
}

} // namespace app
