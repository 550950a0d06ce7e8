#include "app/look/style.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/palette.h"

#include <QPainter>
#include <QPushButton>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QColor rowColor(const QStyleOption &option)
{
    if (option.state & QStyle::State_Selected)
        return selectionColor(option.palette);
    if (option.state & QStyle::State_MouseOver)
        return hoverColor(option.palette);
    return {};
}

// A box or a ring; on, it is filled and marked.
void paintIndicator(QPainter &painter, const QStyleOption &option, bool round)
{
    const QPalette &palette = option.palette;
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QPalette::ColorGroup group = enabled ? QPalette::Active : QPalette::Disabled;
    const QRectF outline = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(on ? palette.color(group, QPalette::Highlight) : palette.color(enabled ? QPalette::Dark : QPalette::Mid), 1));
    painter.setBrush(on ? palette.color(group, QPalette::Highlight) : palette.color(group, QPalette::Base));
    const double radius = round ? outline.width() / 2 : 4;
    painter.drawRoundedRect(outline, radius, radius);
    if (on && round) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.color(group, QPalette::HighlightedText));
        painter.drawEllipse(outline.center(), 3, 3);
    } else if (on) {
        const bool partly = option.state & QStyle::State_NoChange;
        paintIcon(painter, option.rect.adjusted(2, 2, -2, -2), partly ? u"minus" : u"check", palette.color(group, QPalette::HighlightedText));
    }
    painter.restore();
}

void paintCombo(QPainter &painter, const QStyleOptionComboBox &option)
{
    const QPalette &palette = option.palette;
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette.color(hovered ? QPalette::Dark : QPalette::Mid), 1));
    painter.setBrush(palette.color(option.state & QStyle::State_Enabled ? QPalette::Button : QPalette::Window));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);
    paintIcon(painter, {option.rect.right() - 24, option.rect.center().y() - 7, 16, 16}, u"chevron-down", hintColor(palette));
    painter.restore();
    if (focused)
        paintFocusRing(painter, option.rect, palette, Metrics::radius);
}

} // namespace

Style::Style()
    : QProxyStyle(u"fusion"_s)
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return Metrics::pageMargin;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return Metrics::rowGap;
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return Metrics::rowIcon;
    case PM_ToolBarIconSize:
        return 20;
    case PM_SplitterWidth:
        return 5; // wide enough to grab; the line in its middle is one
    case PM_HeaderMarkSize:
        return 12;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_HeaderMargin:
        return 8; // as much as a cell has
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return Metrics::rowGap;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return Metrics::focusRing;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_Widget_Animation_Duration:
        return 120;
    case SH_Menu_Scrollable:
        return 1;
    case SH_FormLayoutLabelAlignment:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    case SH_MessageBox_CenterButtons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem: {
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option); item && item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(item->rect, item->backgroundBrush);
        if (const QColor color = rowColor(*option); color.isValid())
            painter->fillRect(option->rect, color);
        return;
    }
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, option->palette.color(QPalette::ToolTipBase));
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QPushButton *>(widget))
            return; // its border is the ring: see styleSheet()
        paintFocusRing(*painter, option->rect, option->palette, 4);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        paintIndicator(*painter, *option, element == PE_IndicatorRadioButton);
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            QRect place(0, 0, 14, 14);
            place.moveCenter(option->rect.center());
            paintIcon(*painter, place, option->state & State_Open ? u"chevron-down" : u"chevron-right", hintColor(option->palette));
        }
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option); header && header->sortIndicator != QStyleOptionHeader::None)
            paintIcon(*painter, option->rect, header->sortIndicator == QStyleOptionHeader::SortUp ? u"chevron-up" : u"chevron-down", hintColor(option->palette));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_ItemViewItem:
        // A selected row is a wash: its text keeps its colour.
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem quiet = *item;
            for (const auto group : {QPalette::Active, QPalette::Inactive})
                quiet.palette.setColor(group, QPalette::HighlightedText, item->palette.color(group, QPalette::Text));
            QProxyStyle::drawControl(element, &quiet, painter, widget);
            return;
        }
        break;
    case CE_Splitter: {
        const bool upright = option->state & State_Horizontal;
        QRect rule = option->rect;
        if (upright)
            rule = {rule.center().x(), rule.top(), 1, rule.height()};
        else
            rule = {rule.left(), rule.center().y(), rule.width(), 1};
        painter->fillRect(rule, option->state & State_MouseOver ? option->palette.color(QPalette::Dark) : separatorColor(option->palette));
        return;
    }
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), separatorColor(option->palette));
        return;
    case CE_HeaderSection:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        if (option->state & State_MouseOver && option->state & State_Enabled)
            painter->fillRect(option->rect, hoverColor(option->palette));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), separatorColor(option->palette));
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader quiet = *header;
            quiet.palette.setColor(QPalette::ButtonText, hintColor(option->palette));
            quiet.state &= ~State_On; // a column is not shown bold because a cell in it is current
            QProxyStyle::drawControl(element, &quiet, painter, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (control == CC_ComboBox && combo && !combo->editable)
        paintCombo(*painter, *combo);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon Style::standardIcon(StandardPixmap standardIcon, const QStyleOption *option, const QWidget *widget) const
{
    if (standardIcon == SP_LineEditClearButton)
        return icon(u"x", QPalette::PlaceholderText);
    return QProxyStyle::standardIcon(standardIcon, option, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_HeaderLabel) { // the margin is for its sides only
        const int margin = pixelMetric(PM_HeaderMargin, option, widget);
        return option->rect.adjusted(margin, 0, -margin, 0);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_HeaderSection)
        wanted.setHeight(Metrics::tableHeader);
    if (type == CT_ComboBox)
        wanted = {wanted.width() + 12, std::max(wanted.height(), Metrics::control - 2)};
    return wanted;
}

void paintFocusRing(QPainter &painter, const QRect &rect, const QPalette &palette, int radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette.color(QPalette::Active, QPalette::Highlight), Metrics::focusRing));
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

QString styleSheet()
{
    return uR"(
QPushButton, QToolButton[framed="true"] {
    border: 1px solid palette(mid); border-radius: 6px; padding: 5px 12px; min-height: 18px; background: palette(button);
}
QPushButton:hover, QToolButton[framed="true"]:hover { background: palette(midlight); }
QPushButton:pressed, QToolButton[framed="true"]:pressed { background: palette(mid); }
QPushButton:focus, QToolButton[framed="true"]:focus { border: 2px solid palette(highlight); padding: 4px 11px; }
QPushButton:disabled { color: palette(dark); background: palette(window); }
QPushButton[primary="true"] { border-color: palette(highlight); background: palette(highlight); color: palette(highlighted-text); font-weight: 600; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed { background: palette(link); }
QPushButton[primary="true"]:focus { border: 2px solid palette(text); }
QPushButton[primary="true"]:disabled { border-color: palette(mid); background: palette(mid); color: palette(dark); }
QPushButton[quiet="true"] { border-color: transparent; background: transparent; color: palette(link); padding: 5px 8px; }
QPushButton[quiet="true"]:hover { background: palette(midlight); }
QPushButton[quiet="true"]:focus { border: 2px solid palette(highlight); padding: 4px 7px; }
QToolButton { border: none; border-radius: 6px; padding: 5px; background: transparent; }
QToolButton:hover { background: palette(midlight); }
QToolButton:pressed, QToolButton:checked { background: palette(mid); }
QToolButton:focus { border: 2px solid palette(highlight); padding: 3px; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QSpinBox {
    border: 1px solid palette(mid); border-radius: 6px; padding: 5px 9px; min-height: 18px; background: palette(base);
    selection-background-color: palette(highlight); selection-color: palette(highlighted-text);
}
QLineEdit:hover, QSpinBox:hover { border-color: palette(dark); }
QLineEdit:focus, QSpinBox:focus { border: 2px solid palette(highlight); padding: 4px 8px; }
QLineEdit:disabled, QSpinBox:disabled { background: palette(window); }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QMenu { border: 1px solid palette(mid); padding: 4px; background: palette(base); }
QMenu::item { border-radius: 4px; padding: 6px 24px 6px 10px; margin: 0; }
QMenu::item:selected { background: palette(midlight); color: palette(text); }
QMenu::item:disabled { color: palette(placeholder-text); background: transparent; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; margin: 4px 6px; background: palette(midlight); }
QTabWidget::pane { border: none; border-top: 1px solid palette(midlight); }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { border: none; border-bottom: 2px solid transparent; padding: 6px 2px 5px 2px; margin-right: 18px; background: transparent; color: palette(placeholder-text); }
QTabBar::tab:hover { color: palette(text); border-bottom-color: palette(mid); }
QTabBar::tab:selected { color: palette(text); border-bottom-color: palette(highlight); }
QTabBar::tab:focus { border: 2px solid palette(highlight); border-radius: 4px; padding: 4px 0 5px 0; }
QScrollBar { background: transparent; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: palette(mid); border: 3px solid transparent; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: palette(dark); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)"_s;
}

} // namespace app
