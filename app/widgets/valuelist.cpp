#include "app/widgets/valuelist.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace app {
namespace {

constexpr qsizetype cap = 2000;

}

ValueList::ValueList(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Metrics::groupGap);
    m_grid->setVerticalSpacing(Metrics::unit + 2);
    m_grid->setColumnStretch(1, 1);
}

void ValueList::show(const std::vector<NamedValue> &values)
{
    const bool sameLines = std::equal(values.begin(), values.end(), m_values.begin(), m_values.end(),
                                      [](const NamedValue &a, const NamedValue &b) { return a.name == b.name && a.kind == b.kind; });
    if (!sameLines)
        build(values);
    for (int line = 0; line < int(values.size()); ++line) {
        if (!sameLines || values[line] != m_values[line])
            fill(line, values[line]);
    }
    m_values = values;
}

void ValueList::build(const std::vector<NamedValue> &values)
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_shown.clear();
    for (int line = 0; line < int(values.size()); ++line) {
        auto *name = new QLabel(values[line].name);
        setTextStyle(*name, TextStyle::Hint);
        name->setTextFormat(Qt::PlainText);
        name->setContentsMargins(0, values[line].kind == NamedValue::Kind::Id ? 5 : 1, 0, 0); // on the line of its value
        m_grid->addWidget(name, line, 0, Qt::AlignTop | Qt::AlignLeft);
        if (values[line].kind == NamedValue::Kind::Id) {
            m_shown.push_back(new IdLabel(values[line].name));
        } else {
            auto *text = new QLabel;
            text->setTextFormat(Qt::PlainText);
            text->setWordWrap(true);
            text->setTextInteractionFlags(Qt::TextSelectableByMouse);
            text->setFont(textFont(values[line].kind == NamedValue::Kind::Mono ? TextStyle::Mono : TextStyle::Base));
            m_shown.push_back(text);
        }
        m_grid->addWidget(m_shown.back(), line, 1, Qt::AlignTop);
        m_grid->setRowStretch(line, 0);
    }
    m_grid->setRowStretch(int(values.size()), 1);
}

void ValueList::fill(int line, const NamedValue &value)
{
    if (auto *id = qobject_cast<IdLabel *>(m_shown[line])) {
        id->setId(value.value);
        return;
    }
    auto *text = qobject_cast<QLabel *>(m_shown[line]);
    text->setText(conductor::harmless(value.value, cap, conductor::Lines::Keep));
    text->setAccessibleName(QStringLiteral("%1: %2").arg(value.name, text->text()));
    text->setToolTip(plainToolTip(value.toolTip));
}

} // namespace app
