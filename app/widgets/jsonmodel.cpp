#include "app/widgets/jsonmodel.h"

#include "conductor/base/hostile.h"

#include <QBrush>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>

#include <vector>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int atOnce = 200;      // children made when somebody looks
constexpr qsizetype textCap = 400;

int sizeOf(const QJsonValue &value)
{
    if (value.isObject())
        return int(value.toObject().size());
    return value.isArray() ? int(value.toArray().size()) : 0;
}

} // namespace

struct JsonModel::Node {
    Node *parent = nullptr;
    int row = 0;
    QString key;
    QJsonValue value;
    QStringList keys; // of an object, read once
    std::vector<std::unique_ptr<Node>> children;

    void addChild()
    {
        const int next = int(children.size());
        auto child = std::make_unique<Node>();
        child->parent = this;
        child->row = next;
        if (value.isObject()) {
            if (keys.isEmpty())
                keys = value.toObject().keys();
            child->key = keys[next];
            child->value = value.toObject().value(keys[next]);
        } else {
            child->key = QString::number(next);
            child->value = value.toArray().at(next);
        }
        children.push_back(std::move(child));
    }
};

JsonModel::JsonModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

JsonModel::~JsonModel() = default;

void JsonModel::show(const QJsonValue &json)
{
    if (m_root->value == json)
        return;
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->value = json;
    endResetModel();
}

QJsonValue JsonModel::at(const QModelIndex &index) const
{
    return nodeOf(index)->value;
}

QString JsonModel::path(const QModelIndex &index) const
{
    QString path;
    for (const Node *node = nodeOf(index); node->parent; node = node->parent) {
        const bool element = node->parent->value.isArray();
        const QString step = element ? u"[%1]"_s.arg(node->key) : node->key;
        const bool joined = path.isEmpty() || path.startsWith(u'[');
        path = step + (joined ? QString() : u"."_s) + path;
    }
    return path;
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || row >= int(node->children.size()) || column < 0 || column >= ColumnCount || parent.column() > 0)
        return {};
    return createIndex(row, column, node->children[row].get());
}

QModelIndex JsonModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Node *above = nodeOf(index)->parent;
    return above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonModel::hasChildren(const QModelIndex &parent) const
{
    return parent.column() <= 0 && sizeOf(nodeOf(parent)->value) > 0;
}

bool JsonModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return parent.column() <= 0 && int(node->children.size()) < sizeOf(node->value);
}

void JsonModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    const int have = int(node->children.size());
    const int more = std::min(atOnce, sizeOf(node->value) - have);
    if (more <= 0)
        return;
    beginInsertRows(parent, have, have + more - 1);
    for (int i = 0; i < more; ++i)
        node->addChild();
    endInsertRows();
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeOf(index);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return index.column() == Key ? conductor::harmless(node->key) : jsonPreview(node->value);
    if (role == Qt::ForegroundRole) {
        const QPalette palette = QGuiApplication::palette();
        const bool quiet = index.column() == Value ? node->value.isObject() || node->value.isArray() || node->value.isNull() : node->parent->value.isArray();
        if (quiet)
            return QBrush(palette.color(QPalette::PlaceholderText));
        if (index.column() == Value && !node->value.isString())
            return QBrush(palette.color(QPalette::Link));
    }
    return {};
}

QVariant JsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Key ? tr("Key") : tr("Value");
}

JsonModel::Node *JsonModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QString jsonPreview(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return conductor::harmless(value.toString(), textCap);
    case QJsonValue::Object:
        return u"{%1}"_s.arg(sizeOf(value));
    case QJsonValue::Array:
        return u"[%1]"_s.arg(sizeOf(value));
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        const QByteArray written = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return QString::fromLatin1(written.mid(1, written.size() - 2));
    }
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

} // namespace app
