#include "scenes/faults.h"

#include "app/widgets/celldelegate.h"
#include "app/widgets/elidedlabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace scenes {
namespace {

QString nameOf(const QWidget &widget)
{
    const QString text = widget.property("text").toString().left(40);
    return u"%1 %2 “%3” in %4"_s.arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), text,
                                     QString::fromLatin1(widget.parentWidget() ? widget.parentWidget()->metaObject()->className() : "nothing"));
}

std::vector<QWidget *> shownWidgets(QWidget &window)
{
    std::vector<QWidget *> shown;
    const QList<QWidget *> children = window.findChildren<QWidget *>();
    for (QWidget *child : children) {
        if (child->isVisible() && child->window() == &window)
            shown.push_back(child);
    }
    return shown;
}

bool takesTab(const QWidget &widget)
{
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy();
}

bool isCut(const QLabel &label)
{
    if (label.text().isEmpty())
        return false;
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height() + 1;
    return label.sizeHint().width() > label.width() + 1 || label.sizeHint().height() > label.height() + 1;
}

bool isCut(const QLineEdit &field)
{
    const int room = field.width() - (field.actions().isEmpty() ? 24 : 56);
    return field.text().isEmpty() && field.fontMetrics().horizontalAdvance(field.placeholderText()) > room;
}

// Of buttons that exclude each other Tab reaches the chosen one, arrows the others.
bool isReachedByArrows(const QWidget &widget, const QSet<QWidget *> &reached)
{
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button && button->group() && button->group()->exclusive() && reached.contains(button->group()->checkedButton());
}

void addCutColumns(const QTreeView &view, QStringList &faults)
{
    const QHeaderView &header = *view.header();
    for (int column = 0; column < header.count(); ++column) {
        if (header.isSectionHidden(column))
            continue;
        const bool lastOne = header.visualIndex(column) == header.count() - 1;
        if (!header.isHidden() && !lastOne && header.sectionSizeHint(column) > header.sectionSize(column))
            faults << u"header “%1” of %2"_s.arg(view.model()->headerData(column, Qt::Horizontal).toString(), nameOf(view));
        const auto *badges = qobject_cast<app::StatusDelegate *>(view.itemDelegateForColumn(column));
        for (int row = 0; badges && row < view.model()->rowCount(); ++row) {
            const QModelIndex index = view.model()->index(row, column);
            if (badges->sizeHint({}, index).width() > header.sectionSize(column)) {
                faults << u"badge “%1” of %2"_s.arg(index.data().toString(), nameOf(view));
                break;
            }
        }
    }
}

} // namespace

QStringList namelessControls(QWidget &window)
{
    QStringList faults;
    for (QWidget *widget : shownWidgets(window)) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            faults << nameOf(*widget);
    }
    return faults;
}

QStringList clippedTexts(QWidget &window)
{
    QStringList faults;
    for (QWidget *widget : shownWidgets(window)) {
        bool cut = false;
        if (const auto *label = qobject_cast<QLabel *>(widget))
            cut = isCut(*label);
        else if (const auto *field = qobject_cast<QLineEdit *>(widget))
            cut = isCut(*field);
        else if (const auto *button = qobject_cast<QAbstractButton *>(widget))
            cut = !button->text().isEmpty() && button->sizeHint().width() > button->width() + 1;
        if (cut)
            faults << nameOf(*widget);
        if (const auto *view = qobject_cast<QTreeView *>(widget); view && view->model())
            addCutColumns(*view, faults);
    }
    return faults;
}

QStringList unreachedByTab(QWidget &window)
{
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window, 2000))
        return {u"the window does not become active"_s};

    std::vector<QWidget *> wanted;
    for (QWidget *widget : shownWidgets(window)) {
        if (takesTab(*widget))
            wanted.push_back(widget);
    }
    QSet<QWidget *> reached;
    if (QWidget *first = QApplication::focusWidget())
        reached << first;
    for (size_t step = 0; step < 2 * wanted.size() + 4; ++step) {
        QWidget *here = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keyClick(here, Qt::Key_Tab);
        reached << QApplication::focusWidget();
    }

    QStringList faults;
    for (QWidget *widget : wanted) {
        if (!reached.contains(widget) && !isReachedByArrows(*widget, reached))
            faults << nameOf(*widget);
    }
    return faults;
}

} // namespace scenes
