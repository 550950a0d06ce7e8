#include "app/profiles/confirmation.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/profiles/formfield.h"
#include "app/widgets/buttons.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace app {

Confirmation::Confirmation(const ConfirmationText &text, QWidget *parent)
    : Pane(parent)
    , m_nameToType(text.nameToType)
    , m_loading(new LoadingBar)
    , m_message(new MessageBar)
    , m_typed(new FormField(tr("Type %1 to confirm").arg(text.nameToType)))
    , m_verb(button(text.verb))
    , m_cancel(button(tr("Cancel")))
{
    auto *title = new QLabel(text.title);
    setTextStyle(*title, TextStyle::Section);
    auto *facts = new QLabel(text.facts.join(u'\n'));
    for (QLabel *label : {title, facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_typed->setVisible(!m_nameToType.isEmpty());
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_verb);
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::groupGap);
    auto *head = new QVBoxLayout;
    head->setSpacing(Metrics::unit);
    head->addWidget(title);
    head->addWidget(m_loading);
    layout->addLayout(head);
    layout->addWidget(facts);
    layout->addWidget(m_typed);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addStretch(1);
    setMaximumWidth(Metrics::formWidth);

    connect(m_typed, &FormField::changed, this, &Confirmation::updateVerb);
    connect(m_verb, &QPushButton::clicked, this, &Confirmation::confirmed);
    connect(m_cancel, &QPushButton::clicked, this, &Confirmation::closed);
    updateVerb();
}

// What takes something away is never a key away.
void Confirmation::focusFirst()
{
    if (m_nameToType.isEmpty())
        m_cancel->setFocus(Qt::OtherFocusReason);
    else
        m_typed->setFocus(Qt::OtherFocusReason);
}

void Confirmation::setBusy(bool busy)
{
    m_busy = busy;
    m_loading->setLoading(busy);
    m_cancel->setEnabled(!busy);
    m_typed->setEnabled(!busy);
    if (busy)
        m_verb->setEnabled(false);
    else
        updateVerb();
}

void Confirmation::showTrouble(const QString &what, const conductor::Error &error)
{
    setBusy(false);
    m_message->sayError(what, error);
}

void Confirmation::updateVerb()
{
    m_verb->setEnabled(m_typed->text().trimmed() == m_nameToType);
}

} // namespace app
